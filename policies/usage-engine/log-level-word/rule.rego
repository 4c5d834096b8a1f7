# METADATA
# title: Use known words for log levels
# description: >-
#   debug.log.level sets one level for each component. The guide shows off, info and warn. Other words of the usual
#   logging frameworks are accepted with a note, any other word is probably misspelt.
# custom:
#   severity: warning
#   remediation: Write "off", error, warn, info, debug or trace.
#   facts: [UEP-024]
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Preparations}
package policies["usage-engine"]["log-level-word"]

import data.policies.lib

findings contains {"path": path, "severity": severity, "message": message} if {
	some component, level in input.values.debug.log.level
	is_string(level)
	lib.known(level)
	not lower(level) in shown
	path := ["debug", "log", "level", component]
	[severity, message] := said(level)
}

shown := {"off", "info", "warn"}

usual := {"fatal", "error", "debug", "trace", "all"}

said(level) := ["info", message] if {
	lower(level) in usual
	message := sprintf("level %q is not among those that the guide shows (off, info, warn); %s", [
		level,
		"check that the chart knows it",
	])
} else := ["warning", message] if {
	message := sprintf("level %q is no known log level; write \"off\", error, warn, info, debug or trace", [level])
}
