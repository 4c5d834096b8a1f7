# METADATA
# title: Quote environment values of Designer
# description: >-
#   The values of designer.designerConfig.envs and das.dasConfig.envs become entries of a ConfigMap, which are
#   strings. An unquoted port or boolean renders one that the API server refuses. designerFlowSettings.envs is
#   another block, with real numbers and booleans.
# custom:
#   severity: error
#   remediation: Write the value between quotes.
#   facts: [SUI-143]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Using the --set flag}
package policies["genesys-suite"]["env-value"]

findings contains {"path": path, "message": message, "fix": fix} if {
	some parent in [["designer", "designerConfig", "envs"], ["das", "dasConfig", "envs"]]
	some key, value in object.get(input.values, parent, {})
	scalar(value)
	path := array.concat(parent, [key])
	message := sprintf("%s is %v without quotes, and a ConfigMap takes strings only; write \"%v\"", [key, value, value])
	fix := {"description": "quote the value", "path": path, "value": sprintf("%v", [value])}
}

scalar(value) if is_number(value)

scalar(value) if is_boolean(value)
