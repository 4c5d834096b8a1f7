# METADATA
# title: Write dotted keys as nested mappings
# description: >-
#   CHANGELOG.md and the guide write keys with dots. In a values file each part is a mapping of its own: a key with
#   dots in its name is a key that the chart never reads. Labels, annotations and the like may have dots and are not
#   judged.
# custom:
#   severity: error
#   remediation: >-
#     Nest the parts: debug.log.level.jetty is debug, in it log, in it level, in it jetty.
#   facts: [UEP-016]
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Preparations}
package policies["usage-engine"]["dotted-key"]

import data.policies.lib

findings contains {"path": [key], "key": true, "message": message} if {
	some key, _ in input.values
	contains(key, ".")
	parts := split(key, ".")
	known_path(parts)
	nested := concat(": {", parts)
	message := sprintf("key %q has dots in its name, and the chart does not read it; nest it, as %s: ...%s", [
		key,
		nested,
		concat("", ["}" | some _ in array.slice(parts, 1, count(parts))]),
	])
}

known_path(parts) if parts[0] in {"debug", "mzOperator", "jmx", "platform"}

known_path(parts) if {
	some layer in input.layers
	layer.kind == "chart"
	lib.present(layer.values, parts)
}
