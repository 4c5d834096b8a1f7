# METADATA
# title: Open the ports of media
# description: >-
#   Ports of RTP are negotiated. Firewalls and network policies before the media control platform and CoTurn have to
#   let UDP 20000 to 45000 and 14000 to 15999 through, or calls stay silent.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: Add the ranges of UDP ports.
#   facts: [SUI-074]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Voice connectivity / Connections}
package policies["genesys-suite"]["media-port"]

import data.policies["genesys-suite"].lib as suite

findings contains {"manifest": i, "path": ["spec", "ingress"], "message": closed} if {
	not suite.gke
	some i, item in suite.objects
	item.kind == "NetworkPolicy"
	media(item)
	count(item.spec.ingress) > 0
	every other in beside(item) {
		every rule in object.get(other, ["spec", "ingress"], []) {
			not lets_through(object.get(rule, "ports", []))
		}
	}
}

closed := "calls would be silent: UDP 20000 to 45000 is not let through; add it, and 14000 to 15999"

media(item) if {
	some _, label in item.spec.podSelector.matchLabels
	regex.match(`\b(mcp|coturn)\b`, label)
}

# Policies add up: what selects the same pods counts, and what selects all.
beside(item) := [other |
	some other in suite.objects
	other.kind == "NetworkPolicy"
	object.get(other, ["metadata", "namespace"], "") == object.get(item, ["metadata", "namespace"], "")
	labels := object.get(other, ["spec", "podSelector", "matchLabels"], {})
	labels in [{}, item.spec.podSelector.matchLabels]
]

lets_through([])

lets_through(ports) if {
	some port in ports
	port.protocol == "UDP"
	not port.port
}

lets_through(ports) if {
	some port in ports
	port.protocol == "UDP"
	port.port <= 20000
	port.endPort >= 45000
}
