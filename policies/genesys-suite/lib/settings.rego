# Where the common settings of a chart are.
package policies["genesys-suite"].lib

import data.policies["genesys-suite"].data as tables

# settings are the settings of a kind that the values have, as {path, value}. Kinds are the columns of the table
# value_paths: replicas, imageTag and so on. Where the chart is not known, the paths of all charts of the service count,
# and where that is not known, those of all charts.
settings(kind) := settings_of(here, kind)

settings_of(release, kind) := {{"path": path, "value": value} |
	some text in setting_paths(release, kind)
	path := split(text, ".")
	value := object.get(release.values, path, _nothing)
	value != _nothing
}

# setting_paths are the paths, as text, at which the chart of a release takes a setting.
setting_paths(release, kind) := {text | some text in object.get(tables.value_paths, [chart_of(release), kind], [])} if {
	chart_of(release)
} else := {text |
	some name in charts_of(service_of(release))
	some text in object.get(tables.value_paths, [name, kind], [])
} if {
	service_of(release)
} else := {text |
	some row in tables.value_paths
	row.service != "third-party"
	some text in object.get(row, kind, [])
}

# security_contexts are all mappings of the values that are named like a security context, as {path, value}.
security_contexts := {{"path": path, "value": value} |
	some [path, name, value] in mappings
	endswith(lower(name), "securitycontext")
}

# text writes a path for a message.
text(path) := concat(".", [sprintf("%v", [step]) | some step in path])

# truth says that a switch is on, also when it is a string.
truth(true)

truth(value) if {
	is_string(value)
	lower(value) == "true"
}
