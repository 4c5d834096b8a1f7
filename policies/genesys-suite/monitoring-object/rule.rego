# METADATA
# title: Install the operators that monitoring objects need
# description: >-
#   The vendor supplies metrics, no dashboards and alert rules of its own; yet charts have switches for them. Their
#   objects do nothing, or are refused, where the operator with its kinds is not installed.
# custom:
#   severity: info
#   needs: manifests, context
#   context: [thirdParty]
#   remediation: List the operator in thirdParty, or switch the objects off.
#   facts: [SUI-049]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Monitoring (metrics)}
package policies["genesys-suite"]["monitoring-object"]

import data.policies["genesys-suite"].lib as suite

findings contains {"manifest": i, "path": ["kind"], "message": message} if {
	suite.products_listed
	not operator
	some kind, indexes in kinds
	i := min(indexes)
	message := sprintf(
		"%s needs an operator, and thirdParty lists no prometheus; list it, or switch these off",
		[kind],
	)
}

kinds[item.kind] contains i if {
	some i, item in suite.objects
	item.kind in {"PrometheusRule", "PodMonitor", "ServiceMonitor", "GrafanaDashboard"}
	not defined(item.kind)
}

defined(kind) if {
	some item in input.manifests
	item.kind == "CustomResourceDefinition"
	item.spec.names.kind == kind
}

operator if {
	some name, _ in input.context.thirdParty
	regex.match(`prometheus|grafana|monitoring`, name)
}

operator if input.context.monitoring
