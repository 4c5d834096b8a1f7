# METADATA
# title: Keep the type of values on the command line
# description: >-
#   --set key=true gives a boolean and --set key=9200 a number; --set-string gives strings. The switches of this
#   chart are compared with the string "true", so a boolean breaks the template.
#   --set-string key=null gives the word null and removes no default.
# custom:
#   severity: error
#   remediation: Use --set-string for strings and quoted booleans, --set for numbers and booleans, or the values file.
#   facts: [TEN-138, TEN-193]
#   needs: commands
#   source: {document: Genesys Multicloud CX Private Edition Guide, section: Overriding Helm chart values}
package policies["genesys-tenant-monitor"]["set-type"]

import data.policies["genesys-tenant-monitor"].lib as monitor
import data.policies.lib

findings contains {"command": i, "word": set.word, "facts": facts, "message": message} if {
	some i, command in monitor.commands
	some set in command.sets
	key := lib.path_string(set.path)
	message := wrong(set, key)
	facts := cited(key)
}

wrong(set, key) := null_word(set.flag, key) if {
	set.value == "null"
	set.flag in {"set-string", "set-literal"}
} else := sprintf(
	"--%s %s=%v gives a boolean, and the chart compares with the string %q; use --set-string",
	[set.flag, key, set.value, sprintf("%v", [set.value])],
) if {
	is_boolean(set.value)
	key in string_booleans
} else := sprintf("%s is %s, and only the strings \"true\" and \"false\" count; use --set-string %s=true", [
	key,
	lib.quote(set.value),
	key,
]) if {
	key in string_booleans
	not set.value in {null, "true", "false"}
	lib.known(set.value)
}

cited(key) := ["TEN-138", "TEN-193"] if {
	key == "prometheus.podMonitor.create"
} else := ["TEN-193"]

null_word(flag, key) := message if {
	message := sprintf("--%s %s=null gives the word \"null\"; use --set %s=null to remove the default", [flag, key, key])
}

string_booleans := {
	"prometheus.podMonitor.create", "prometheus.alertrule.create",
	"fluent.enable", "fluent.rawlogs.stdout.enable", "fluent.jsonlogs.stdout.enable",
	"tenant.logging.volume.enabled", "tenant.logging.volume.createSC", "tenant.logging.volume.createpvClaim",
}
