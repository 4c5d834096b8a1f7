# METADATA
# title: Let policies of your own pass the ports of services
# description: >-
#   Outside GKE you may write network policies. Where those of a namespace restrict all its pods in both directions,
#   together they have to pass the documented ports of its service.
# custom:
#   severity: warning
#   needs: manifests
#   context: [platform]
#   remediation: Add the ports that the message lists.
#   facts: [SUI-102, SUI-113]
#   source:
#     document: Setting up Genesys Multicloud CX Private Edition
#     section: "Network Policy; Ports and protocols"
package policies["genesys-suite"]["policy-port"]

import data.policies["genesys-suite"].lib as suite

findings contains {"manifest": i, "path": ["spec"], "facts": ["SUI-102", "SUI-113"], "message": message} if {
	not suite.gke
	some namespace, indexes in policies
	some service in suite.services_in(namespace)
	count(suite.services_in(namespace)) == 1
	ranges := [suite.port_range(port) |
		some index in indexes
		some direction in ["ingress", "egress"]
		some rule in input.manifests[index].spec[direction]
		some port in rule.ports
	]
	every index in indexes {
		restricts(input.manifests[index])
	}
	lacking := suite.missing_ports(service, ranges)
	count(lacking) > 0
	i := min(indexes)
	message := sprintf("the policies of namespace %s lack %s; add them", [namespace, suite.names(lacking)])
}

# Policies of a namespace count together, when each is about all pods, both directions and certain ports.
policies[item.metadata.namespace] contains i if {
	some i, item in input.manifests
	item.kind == "NetworkPolicy"
}

restricts(item) if {
	object.get(item, ["spec", "podSelector"], {}) == {}
	count({"Ingress", "Egress"} & {type | some type in item.spec.policyTypes}) == 2
	every direction in ["ingress", "egress"] {
		every rule in object.get(item, ["spec", direction], []) {
			count(rule.ports) > 0
			every port in rule.ports {
				is_number(port.port)
			}
		}
	}
}
