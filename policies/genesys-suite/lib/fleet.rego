# The releases of the fleet that belong to the suite, for rules that need fleet.
package policies["genesys-suite"].lib

import data.policies["genesys-suite"].data as tables

# members are the releases that this pack judges, by their index in input.releases, with what rules ask of them. What is
# not known is absent.
members[index] := object.union(_optional(release), always) if {
	some index, release in input.releases
	always := {"index": index, "name": release_name(release), "release": release}
	"genesys-suite" in release.packs
}

# release_name is how messages call a release.
release_name(release) := release.release.name if {
	release.release.name
} else := told(release) if {
	told(release)
} else := release.release.chart.name if {
	release.release.chart.name
} else := "a release"

_optional(release) := {key: value |
	some key, values in {
		"service": {value | value := service_of(release)},
		"component": {value | value := component_of(release)},
		"chart": {value | value := chart_of(release)},
		"namespace": {value | value := release.release.namespace},
		"unit": {value | value := release.context.unit},
		"cluster": {value | value := cluster_of(release)},
	}
	some value in values
}

# cluster_of is the name of the cluster that a release goes to: its own, that of its unit, or that of the configuration.
cluster_of(release) := release.context.cluster if {
	is_string(release.context.cluster)
} else := unit.cluster if {
	some unit in input.context.units
	unit.name == release.context.unit
	unit.cluster
} else := input.context.cluster.name if {
	input.context.cluster.name
} else := input.context.cluster if {
	is_string(input.context.cluster)
}

# role_of is what the unit of a release is: primary or secondary.
role_of(release) := release.context.unit if {
	release.context.unit in {"primary", "secondary"}
} else := unit.role if {
	some unit in input.context.units
	unit.name == release.context.unit
}

# planned are the services that the fleet deploys or that run already.
planned := {member.service | some member in members} | {key |
	some name in input.context.installed
	key := service_named(name)
}

# products are the third-party products of a type that the configuration lists, by their names: redis, redis-ges.
products(type) := {name: product |
	some name, product in input.context.thirdParty
	product_type(name) == type
}

# product_type is the type that a name of a third-party product begins with.
product_type(name) := type if {
	some type in (object.keys(tables.software) | {"opensearch", "smtp-relay", "zookeeper"})
	_is_type(name, type)
	not _longer_type(name, type)
}

_is_type(name, type) if name == type

_is_type(name, type) if startswith(name, sprintf("%s-", [type]))

_longer_type(name, type) if {
	some other, _ in tables.software
	count(other) > count(type)
	_is_type(name, other)
}
