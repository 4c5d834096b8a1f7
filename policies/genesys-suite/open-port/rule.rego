# METADATA
# title: Open the ports that services use
# description: >-
#   Each service needs the ports of the guide's list, in the firewall and in network policies of your own. Where a
#   service has two ports for one purpose, both are open.
# custom:
#   severity: warning
#   needs: fleet, context
#   context: [firewall]
#   remediation: Add the ports that the message lists.
#   facts: [SUI-074, SUI-102, SUI-104]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Ports and protocols}
package policies["genesys-suite"]["open-port"]

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite

findings contains {
	"context": true,
	"path": ["firewall", name],
	"facts": ["SUI-102"],
	"message": message,
} if {
	some name, rules in input.context.firewall
	lacking := suite.missing_ports(name, [suite.port_range(rule) | some rule in rules])
	count(lacking) > 0
	message := sprintf("the firewall of %s lacks %s; add them", [name, suite.names(lacking)])
}

findings contains {
	"context": true,
	"path": ["firewall", name],
	"facts": ["SUI-074"],
	"message": message,
} if {
	some name in ["gvp-mcp", "webrtc-coturn"]
	rules := input.context.firewall[name]
	lacking := {text |
		some [text, low, high] in [["UDP 20000-45000", 20000, 45000], ["UDP 14000-15999", 14000, 15999]]
		not suite.covered("UDP", low, high, [suite.port_range(rule) | some rule in rules])
	}
	count(lacking) > 0
	message := sprintf("calls would be silent: the firewall of %s lacks %s; add them", [name, suite.names(lacking)])
}

findings contains {
	"context": true,
	"path": ["firewall", name, i],
	"severity": "info",
	"facts": ["SUI-102"],
	"message": message,
} if {
	some name, rules in input.context.firewall
	tables.ports[suite.service_named(name)]
	some i, rule in rules
	[protocol, low, high] := suite.port_range(rule)
	every row in tables.ports[suite.service_named(name)] {
		apart(row, protocol, low, high)
	}
	message := sprintf("%s %d is not among the documented ports of %s; close it unless you know its use", [
		protocol, low, name,
	])
}

apart(row, protocol, low, high) if {
	not suite.transport(row.protocol) == protocol
	protocol != "ANY"
	low <= high
}

apart(row, _, low, high) if {
	[first, last] := suite.port_bounds(row.port)
	any_outside(first, last, low, high)
}

any_outside(first, _, _, high) if high < first

any_outside(_, last, low, _) if low > last
