# METADATA
# title: Build a unit group of pairs around one primary unit
# description: >-
#   A group has exactly one primary unit and at least one pair of units. A pair is two units of one region, at most
#   one of them primary. Data centers of one's own have no zones and share no cluster.
# custom:
#   severity: warning
#   needs: fleet, context
#   context: [units, architecture]
#   remediation: Give each unit the role, the pair and the cluster that the message asks for.
#   facts: [SUI-003, SUI-004, SUI-006]
#   source:
#     document: Setting up Genesys Multicloud CX Private Edition
#     section: Architecture / Unit pairs and groups
package policies["genesys-suite"]["unit-group"]

findings contains {
	"context": true,
	"path": ["units", i, "role"],
	"severity": "error",
	"facts": ["SUI-003"],
	"message": message,
} if {
	count(primaries) > 1
	some i in primaries
	i > min(primaries)
	message := sprintf("a group has one primary unit, and that is %s already; make %s secondary", [
		units[min(primaries)].name, units[i].name,
	])
}

findings contains {"context": true, "path": ["units"], "facts": ["SUI-003"], "message": message} if {
	count(units) > 0
	count(primaries) == 0
	every unit in units {
		unit.role
	}
	message := "none of the units is primary, and a group needs one; add it, or give one the role primary"
}

findings contains {"context": true, "path": ["units", i, "pair"], "facts": ["SUI-004"], "message": message} if {
	some pair, members in pairs
	some [i, message] in pair_problems(pair, sort(members))
}

findings contains {"context": true, "path": ["units", i], "facts": ["SUI-004"], "message": message} if {
	count(pairs) > 0
	some i, unit in units
	not unit.pair
	message := sprintf("unit %s belongs to no pair, and each region needs a pair of units; name its pair", [unit.name])
}

findings contains {
	"context": true,
	"path": ["units", i, "cluster"],
	"severity": "error",
	"facts": ["SUI-006"],
	"message": message,
} if {
	private
	some cluster, members in homes
	count({units[i].region | some i in members}) > 1
	i := max(members)
	message := sprintf("data centers cannot share cluster %s; give %s a cluster of its own", [cluster, units[i].name])
}

findings contains {"context": true, "path": ["units", i, "zones"], "facts": ["SUI-006"], "message": message} if {
	private
	some i, unit in units
	count(unit.zones) > 0
	message := sprintf("a private data center has no availability zones; remove those of %s", [unit.name])
}

units := input.context.units if is_array(input.context.units)

private if input.context.architecture == "private-data-center"

primaries := {i | some i, unit in units; unit.role == "primary"}

pairs[unit.pair] contains i if some i, unit in units

homes[unit.cluster] contains i if {
	some i, unit in units
	unit.region
}

pair_problems(pair, members) := [[members[0], sprintf(
	"pair %s has %d unit, and a pair has two; add the other",
	[pair, 1],
)]] if {
	count(members) == 1
} else := [
	[members[2], sprintf("pair %s has %d units, and a pair has two; start another", [pair, count(members)])],
] if {
	count(members) > 2
} else := [[members[1], sprintf("the units of pair %s are in %s, and a pair is of one region; pair units of a region", [
	pair, concat(" and ", regions),
])]] if {
	not private
	regions := [units[i].region | some i in members]
	regions[0] != regions[1]
} else := [
	[members[1], sprintf("pair %s has two primary units; make %s secondary", [pair, units[members[1]].name])],
] if {
	every i in members {
		units[i].role == "primary"
	}
}
