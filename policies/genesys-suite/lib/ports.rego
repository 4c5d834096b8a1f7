# Ports of firewalls and network policies, as ranges [protocol, first, last].
package policies["genesys-suite"].lib

import data.policies["genesys-suite"].data as tables

# missing_ports are the documented ports of a service that no range covers, such as "TCP 5432".
missing_ports(name, ranges) := {sprintf("%s %s", [protocol, row.port]) |
	some row in tables.ports[service_named(name)]
	not row.uncertain
	[low, high] := port_bounds(row.port)
	protocol := transport(row.protocol)
	not covered(protocol, low, high, ranges)
} if {
	not tables.parents[lower(name)]
}

covered(protocol, low, high, ranges) if {
	some range in ranges
	range[0] in {protocol, "ANY"}
	range[1] <= low
	range[2] >= high
}

transport(text) := "UDP" if {
	regex.match(`RTP|UDP`, text)
} else := "TCP"

port_bounds(text) := [to_number(parts[0]), to_number(parts[count(parts) - 1])] if {
	regex.match(`^[0-9]+(-[0-9]+)?$`, sprintf("%v", [text]))
	parts := split(sprintf("%v", [text]), "-")
}

port_range(rule) := [protocol, low, high] if {
	protocol := upper(object.get(rule, "protocol", "TCP"))
	[low, last] := port_bounds(rule.port)
	high := object.get(rule, "endPort", last)
} else := [upper(object.get(rule, "protocol", "TCP")), 0, 65535] if {
	not rule.port
}
