# METADATA
# title: Collect logs and metrics with the services of the platform
# description: >-
#   On GKE metrics and logs go to the operations suite of Google Cloud, on AKS to Azure Monitor and its Log
#   Analytics workspaces. The service of the one cloud does not collect in the other.
# custom:
#   severity: warning
#   needs: fleet, context
#   context: [platform, monitoring, logging]
#   remediation: Name the service of the platform, or the tool of your own.
#   facts: [SUI-050, SUI-052]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: "Monitoring (metrics); Logging"}
package policies["genesys-suite"]["monitoring-service"]

import data.policies["genesys-suite"].lib as suite

findings contains {"context": true, "path": [key], "facts": [fact], "message": message} if {
	some key, fact in {"monitoring": "SUI-050", "logging": "SUI-052"}
	name := input.context[key]
	suite.platform in object.keys(own)
	some other, pattern in foreign
	other != suite.platform
	regex.match(pattern, lower(name))
	message := sprintf("%s belongs to %s, and the cluster runs on %s; use %s", [
		name, upper(other), upper(suite.platform), own[suite.platform][key],
	])
}

own := {
	"gke": {"monitoring": "google-cloud-operations", "logging": "cloud-logging"},
	"aks": {"monitoring": "azure-monitor", "logging": "log-analytics"},
}

foreign := {
	"gke": `google|stackdriver|cloud-logging|cloud-monitoring|cloud-operations`,
	"aks": `azure|container-insights|log-analytics`,
}
