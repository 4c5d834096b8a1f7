# METADATA
# title: Name the pull secret in the form that the chart reads
# description: >-
#   The charts take the pull secret in five forms: a list of objects with name, a list of names, a mapping of names
#   to nothing, a plain name, or one object. A form of another chart renders nothing, or something that the API
#   server refuses, and the pods cannot pull.
# custom:
#   severity: warning
#   remediation: Write the form that the message shows.
#   facts: [SUI-138]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: The values.yaml file}
package policies["genesys-suite"]["pull-secret"]

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"path": row.path, "message": message} if {
	not suite.service_is("tenant")
	some form, charts in tables.pull_secret_shapes
	suite.chart in charts
	some row in suite.settings("imagePullSecrets")
	not fits(form, row.value)
	message := sprintf("this chart takes pull secrets as %s; write %s", [words[form], example(form, row)])
}

findings contains {"path": path, "key": true, "message": message} if {
	not suite.service_is("tenant")
	wanted := object.get(tables.value_paths, [suite.chart, "imagePullSecrets"], [])
	count(wanted) > 0
	some path in stray_paths
	not suite.text(path) in wanted
	object.get(input.values, path, null) != null
	message := sprintf("this chart reads pull secrets from %s; move them there", [lib.join_words(wanted, "or")])
}

# Keys that other charts have at the same height.
stray_paths := [
	["imagePullSecrets"], ["image", "imagePullSecrets"], ["image", "pullSecrets"], ["images", "imagePullSecrets"],
]

words := {
	"list-of-name-objects": "a list of objects with name",
	"list-of-strings": "a list of names",
	"map-name-to-empty": "a mapping of names to nothing",
	"string": "one plain name",
	"object-with-name": "one object with name",
}

fits(_, value) if is_null(value)

fits("list-of-name-objects", value) if {
	is_array(value)
	every entry in value { is_string(entry.name) }
}

fits("list-of-strings", value) if {
	is_array(value)
	every entry in value { is_string(entry) }
}

fits("map-name-to-empty", value) if {
	is_object(value)
	not value.name
}

fits("string", value) if is_string(value)

fits("object-with-name", value) if is_string(value.name)

# A string may still wait for what a placeholder stands for.
fits(_, value) if {
	is_string(value)
	not lib.known(value)
}

example(form, row) := sprintf("%s: %s", [row.path[count(row.path) - 1], {
	"list-of-name-objects": "[{name: SECRET}]",
	"list-of-strings": "[SECRET]",
	"map-name-to-empty": "{SECRET: {}}",
	"string": "SECRET",
	"object-with-name": "{name: SECRET}",
}[form]])
