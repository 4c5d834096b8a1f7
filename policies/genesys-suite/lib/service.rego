# Which service, chart and component the values of a release are of, and what the configuration tells about them.
#
# Functions take a release as the fleet has it: {values, expanded, release, context}. What is judged is here.
package policies["genesys-suite"].lib

import data.policies["genesys-suite"].data as tables

here := {key: value |
	some key, present in {
		"values": [value | value := input.values],
		"expanded": [value | value := input.expanded],
		"release": [value | value := input.release],
		"context": [value | value := input.context],
	}
	some value in present
}

service := service_of(here)

chart := chart_of(here)

component := component_of(here)

# chart_in says that the chart is known and one of those. Negate this, not `chart in`, which is undefined without chart.
chart_in(names) if chart in names

production if input.context.environment == "production"

# environment says that the configuration tells what the deployment is for.
environment if input.context.environment

platform := lower(input.context.platform)

# service_of is the key of the service in the tables: what the configuration says, or the chart, or the shape of the
# values, or at last a namespace that belongs to one service alone. It is undefined when nothing tells.
service_of(release) := key if {
	key := service_named(told(release))
} else := _chart_services[release.release.chart.name] if {
	_chart_services[release.release.chart.name]
} else := found if {
	services := {shape.service | some shape in shapes_of(release.values)}
	count(services) == 1
	some found in services
} else := found if {
	services := {key |
		some key, row in tables.namespaces
		release.release.namespace in row.namespaces
		tables.services[key]
	}
	count(services) == 1
	some found in services
}

# chart_of is the chart as the tables about charts call it: gauth, pulse-dcu.
chart_of(release) := key if {
	key := _chart_key(release.release.chart.name)
} else := told(release) if {
	tables.value_paths[told(release)]
} else := found if {
	not release.release.chart.name
	charts := {shape.chart | some shape in shapes_of(release.values); shape.chart}
	count(charts) == 1
	some found in charts
}

# component_of is the narrowest name that the tables about components have for the release: gvp-rs rather than gvp.
component_of(release) := name if {
	name := told(release)
	not tables.services[name]
	_known_component(name)
} else := name if {
	name := chart_of(release)
	_known_component(name)
} else := service_of(release)

# row_of is the row of a table that is about the release: of its component, or of its service.
row_of(table, release) := table[component_of(release)] if {
	table[component_of(release)]
} else := table[service_of(release)]

# told is what the configuration calls the service, in lower case.
told(release) := lower(release.context.service) if is_string(release.context.service)

# service_named is the service of a name that people give it: a key of the tables, a chart, a microservice or an alias.
service_named(name) := lower(name) if {
	tables.services[lower(name)]
} else := tables.parents[lower(name)] if {
	tables.parents[lower(name)]
} else := _chart_services[lower(name)] if {
	_chart_services[lower(name)]
} else := _aliases[lower(name)] if {
	_aliases[lower(name)]
}

# group_of is the group of services that a service belongs to.
group_of(key) := tables.services[key].group

# shapes_of are the rows of the table of shapes whose path the values have.
shapes_of(values) := {shape |
	some path, shape in tables.shapes
	object.get(values, split(path, "."), _nothing) != _nothing
}

# third_party says that the values are of a third-party product of the tables, such as the chart postgresql.
third_party(release) if tables.value_paths[release.release.chart.name].service == "third-party"

# foreign says that nothing tells whose values these are. Who has them judged by this pack has said so.
foreign(release) if {
	not service_of(release)
	not release.release.chart.name
}

_nothing := "\u0000"

# charts_of are the charts of a service, as the tables about charts call them.
charts_of(key) := {name | some name, row in tables.value_paths; row.service == key}

_chart_services := object.union(
	{name: row.service | some name, row in tables.value_paths; row.service != "third-party"},
	{name: key | some key, row in tables.services; some name in row.charts; not _shared_chart(key)},
)

# The chart of GWS deploys Agent Setup as well.
_shared_chart(key) if tables.parents[key]

_chart_key(name) := alias if {
	some alias, own in tables.chart_keys
	own == name
	name != "redis"
} else := name if tables.value_paths[name]

_known_component(name) if tables.ha_dr[name]

_known_component(name) if tables.priorities[name]

_known_component(name) if tables.parents[name]

_aliases := {lower(alias): key |
	some key, row in tables.services
	some alias in array.concat([row.name], object.get(row, "aliases", []))
}

# service_or_foreign says that the values are of the suite, and not of a third-party product beside it.
service_or_foreign if service

service_or_foreign if foreign(here)

# service_is says that the service is known and that one; see chart_in.
service_is(key) if service == key
