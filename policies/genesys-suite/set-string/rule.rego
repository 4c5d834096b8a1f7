# METADATA
# title: Set strings that look like numbers with --set-string
# description: >-
#   --set PATH=9200 passes a number. Environment values and entries of ConfigMaps are strings, and a number renders
#   an object that the API server refuses.
# custom:
#   severity: error
#   needs: commands
#   remediation: Write --set-string.
#   facts: [SUI-142]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Using the --set flag}
package policies["genesys-suite"]["set-string"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"command": i, "word": set.word, "severity": severity, "message": message} if {
	not suite.service_is("tenant")
	some i, command in input.commands
	some set in command.sets
	set.flag == "set"
	typed(set.value)
	severity := wanted(set.path)
	message := sprintf("--set %s=%v passes no string, and the chart takes one; write --set-string", [
		lib.path_string(set.path), set.value,
	])
}

typed(value) if is_number(value)

typed(value) if is_boolean(value)

# wanted says how sure it is that the setting is a string.
wanted(path) := "error" if {
	is_string(object.get(input.values, path, null))
} else := "error" if {
	array.slice(path, 1, 3) in {["designerConfig", "envs"], ["dasConfig", "envs"]}
} else := "warning" if {
	count(path) > 1
	path[count(path) - 2] in {"env", "envs"}
}
