# METADATA
# title: Admit every documented port in network policies
# description: >-
#   As soon as a NetworkPolicy selects a pod for a direction, only what some policy admits gets through. Tenant Service
#   is reached on 8888, 8000, 2060, 5050, 5580 and 15000, and reaches Interaction Server, PostgreSQL, Kafka, Redis and
#   DNS. Policies add up, so what all given policies admit together counts. Peers are not compared, but Redis of another
#   location is never a pod of this cluster. Policies with named ports may admit anything.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: Add the ports to a policy that selects the tenant pods.
#   facts: [TEN-024, TEN-025, TEN-028]
#   source: {document: Tenant Service Private Edition Guide, section: Connections table}
package policies["genesys-tenant"]["network-policy"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

needs := {
	"Ingress": {
		"fact": "TEN-024",
		"ports": [
			["8888 (configuration)", {8888}],
			["8000 (voice events)", {8000}],
			["2060 (statistics)", {2060}],
			["5050 (outbound)", {5050}],
			["5580 (routing requests)", {5580}],
			["15000 (metrics)", {15000}],
		],
	},
	"Egress": {
		"fact": "TEN-025",
		"ports": [
			["7120 (Interaction Server)", {7120}],
			["5432 (PostgreSQL)", {5432}],
			["9092 or 9093 (Kafka)", {9092, 9093}],
			["6379 (Redis)", {6379}],
			# On OpenShift the pods of the DNS service listen on 5353.
			["53 over UDP (DNS)", {53, 5353}],
		],
	},
}

findings contains {
	"manifest": first,
	"path": ["spec", lower(direction)],
	"facts": [needs[direction].fact],
	"related": [{"manifest": index, "path": ["spec"], "message": "selects the tenant pods too"} |
		some index in indexes
		index != first
	],
	"message": sprintf("policies restrict %s of the tenant pods, and none admits %s; add %s under ports", [
		lower(direction),
		lib.join_words(missing, "and"),
		pronoun(missing),
	]),
} if {
	some direction, indexes in isolating
	first := min(indexes)
	missing := [label |
		some [label, ports] in needs[direction].ports
		every port in ports {
			not admitted(direction, port)
		}
	]
	count(missing) > 0
}

findings contains {
	"manifest": min(isolating.Egress),
	"path": ["spec", "egress"],
	"severity": "info",
	"facts": ["TEN-028"],
	"message": sprintf("policies admit port 6379 to pods only, but the master of the tenant is at %s; %s", [
		lib.quote(input.values.tenant.consul.masterdc),
		"admit its Redis there with an ipBlock",
	]),
} if {
	count(isolating.Egress) > 0
	tenant.at_replica
	opening := [rule |
		some rule in rules.Egress
		opens(rule, 6379)
	]
	count(opening) > 0
	every rule in opening {
		every peer in rule.to {
			not peer.ipBlock
		}
	}
}

pronoun(missing) := "it" if count(missing) == 1

pronoun(missing) := "them" if count(missing) > 1

# The policies of the namespace, by index.
policies[index] := policy if {
	tenant.objects_given
	some index, policy in input.manifests
	policy.kind == "NetworkPolicy"
	startswith(policy.apiVersion, "networking.k8s.io/")
	tenant.in_reach(policy)
}

# Without policyTypes every policy is about ingress, and about egress when it has such rules.
directions(policy) := {type | some type in policy.spec.policyTypes} if {
	policy.spec.policyTypes
} else := {"Ingress"} | {"Egress" | policy.spec.egress}

# The policies that surely select the tenant pods, by direction. The chart's labels are not documented, so labels are
# judged by what they say.
isolating[direction] contains index if {
	some index, policy in policies
	selects_tenant(lib.get(policy, ["spec", "podSelector"], {}))
	some direction in directions(policy)
}

selects_tenant(selector) if selector in [{}, {"matchLabels": {}}]

selects_tenant(selector) if {
	not selector.matchExpressions
	some value in selector.matchLabels
	names_tenant(value)
}

names_tenant(value) if value == input.release.name

names_tenant(value) if {
	regex.match(`(^|-)tenant(-|$)`, value)
	not startswith(value, "tenant-monitor")
}

# What any policy that may select the tenant pods admits.
rules[direction] contains rule if {
	some direction in ["Ingress", "Egress"]
	some policy in policies
	direction in directions(policy)
	some rule in policy.spec[lower(direction)]
}

admitted(direction, port) if {
	some rule in rules[direction]
	opens(rule, port)
}

opens(rule, _) if count(lib.get(rule, ["ports"], [])) == 0

opens(rule, port) if {
	some entry in rule.ports
	protocol(port)[lib.get(entry, ["protocol"], "TCP")]
	covers(entry, port)
}

# DNS is asked over UDP first; TCP is for long answers.
protocol(port) := {"UDP"} if port in {53, 5353}

protocol(port) := {"TCP"} if not port in {53, 5353}

covers(entry, _) if not lib.present(entry, ["port"])

covers(entry, port) if entry.port == port

covers(entry, port) if {
	entry.port <= port
	port <= entry.endPort
}

# A named port stands for a number that only the pods tell.
covers(entry, _) if is_string(entry.port)
