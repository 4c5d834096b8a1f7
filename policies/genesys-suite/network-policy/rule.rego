# METADATA
# title: Leave network policies out on GKE
# description: >-
#   On GKE all traffic of pods has to be allowed between all namespaces, and network policies are not supported.
#   Elsewhere you may write your own; the vendor supplies none.
# custom:
#   severity: error
#   needs: context
#   context: [platform]
#   remediation: Remove the policy, or switch it off.
#   facts: [SUI-027, SUI-113]
#   source:
#     document: Setting up Genesys Multicloud CX Private Edition
#     section: "GKE / Not supported; Network Policy"
package policies["genesys-suite"]["network-policy"]

import data.policies["genesys-suite"].lib as suite

findings contains {"path": array.concat(path, ["enabled"]), "message": message} if {
	suite.gke
	suite.service_or_foreign
	some path in switches
	suite.truth(object.get(input.values, array.concat(path, ["enabled"]), false))
	message := "network policies are not supported on GKE; write false"
}

findings contains {"manifest": i, "path": ["kind"], "severity": severity, "message": message} if {
	suite.gke
	some i, item in suite.objects
	item.kind in {"NetworkPolicy", "CiliumNetworkPolicy"}
	[severity, message] := judged(item)
}

judged(item) := [
	"info",
	"network policies are not supported on GKE, be it that this one allows all; remove it",
] if {
	item.kind == "NetworkPolicy"
	every direction in object.get(item, ["spec", "policyTypes"], ["Ingress"]) {
		some rule in item.spec[lower(direction)]
		rule == {}
	}
} else := [
	"error",
	"network policies are not supported on GKE, where pods of all namespaces talk freely; remove it",
]

switches contains ["networkPolicies"] if not suite.service_is("ges")

switches contains ["ges", "ingress", "networkPolicies"]
