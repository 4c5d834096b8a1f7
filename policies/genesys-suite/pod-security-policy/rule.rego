# METADATA
# title: Do without pod security policies
# description: >-
#   Pod security policies are not supported by the suite, and Kubernetes 1.25 no longer has them.
# custom:
#   severity: error
#   remediation: Remove the object or the switch, and use pod security admission where it is needed.
#   facts: [SUI-068]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Pod security policies}
package policies["genesys-suite"]["pod-security-policy"]

import data.policies["genesys-suite"].lib as suite

findings contains {"manifest": i, "path": ["kind"], "message": message} if {
	some i, item in suite.objects
	item.kind == "PodSecurityPolicy"
	message := "pod security policies are not supported, and Kubernetes 1.25 has none; remove the object"
}

findings contains {"path": path, "message": message} if {
	suite.service_or_foreign
	some key in ["create", "enabled"]
	path := ["podSecurityPolicy", key]
	suite.truth(object.get(input.values, path, false))
	message := "pod security policies are not supported, and Kubernetes 1.25 has none; write false"
}

findings contains {"manifest": i, "path": path, "severity": "warning", "message": message} if {
	some i, item in suite.objects
	item.kind in {"Role", "ClusterRole"}
	some j, entry in item.rules
	some k, "podsecuritypolicies" in entry.resources
	path := ["rules", j, "resources", k]
	message := "the right to use pod security policies has no effect in Kubernetes 1.25; remove it"
}
