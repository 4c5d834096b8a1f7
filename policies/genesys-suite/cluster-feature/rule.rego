# METADATA
# title: Run clusters without sandbox and customer-managed keys
# description: >-
#   GKE Sandbox (gVisor) and customer-managed encryption keys are not supported by the suite.
# custom:
#   severity: error
#   needs: fleet, context
#   context: [cluster]
#   remediation: Create the cluster without the feature.
#   facts: [SUI-025, SUI-026]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: GKE}
package policies["genesys-suite"]["cluster-feature"]

import data.policies["genesys-suite"].lib as suite

findings contains {"release": 0, "path": [], "holds": true, "facts": facts, "message": message} if {
	count(suite.members) > 0
	some [key, facts, what] in [
		["sandbox", ["SUI-025"], "GKE Sandbox"], ["customerManagedKeys", ["SUI-026"], "customer-managed keys"],
	]
	input.context.cluster[key] == true
	message := sprintf("the configuration says that the cluster has %s, which is not supported; do without", [what])
}
