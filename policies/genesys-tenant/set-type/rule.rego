# METADATA
# title: Keep the type of values on the command line
# description: >-
#   --set key=true gives a boolean and --set key=9200 a number; --set-string gives strings. Most switches of this
#   chart are compared with the string "true", so a boolean breaks the template. For real booleans and numbers it is
#   the other way round: the string "false" counts as true. --set-string key=null gives the word null, which removes no
#   default.
#   Helm splits arguments at commas, so a list such as upstreamServices does not fit into --set.
# custom:
#   severity: error
#   remediation: Use --set-string for strings and quoted booleans, --set for numbers and booleans, or the values file.
#   facts: [TEN-193, TEN-194]
#   needs: commands
#   source: {document: Genesys Multicloud CX Private Edition Guide, section: Overriding Helm chart values}
package policies["genesys-tenant"]["set-type"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {"command": i, "word": set.word, "facts": facts, "message": message} if {
	some i, command in tenant.commands
	some set in command.sets
	key := lib.path_string(set.path)
	message := wrong(set, key)
	facts := ["TEN-193"]
}

findings contains {"command": i, "word": fault.word, "facts": ["TEN-194"], "message": message} if {
	some i, command in tenant.commands
	some fault in command.set_errors
	fault.flag in {"set", "set-string"}
	some path in fault.paths
	path == ["tenant", "general", "upstreamServices"]
	message := sprintf("--%s ends upstreamServices at the first comma, and Helm refuses what follows; %s", [
		fault.flag,
		"put it into the values file, or use --set-literal",
	])
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
} else := wrong_native(set, key)

# The keys that want a boolean or a number, and the tags.
wrong_native(set, key) := sprintf("--%s %s=%s gives a string, and any string counts as true; use --set", [
	set.flag,
	key,
	set.value,
]) if {
	set.value in {"true", "false"}
	native_boolean(key)
} else := sprintf("--%s %s=%s gives a string where a number is needed; use --set", [set.flag, key, set.value]) if {
	is_string(set.value)
	regex.match(`^(tenant\.deployment\.replicaCount|.*\.(runAsUser|runAsGroup|fsGroup))$`, key)
	regex.match(`^[0-9]+$`, set.value)
} else := sprintf("--%s %s=%v gives a number, and a tag is a string; use --set-string", [set.flag, key, set.value]) if {
	is_number(set.value)
	regex.match(`^images\.\w+\.tag$`, key)
}

native_boolean(key) if {
	key in {
		"serviceAccount.create", "tenant.gws.tls", "tenant.secrets.gws.enabled", "tenant.redis.isCluster",
		"tenant.containerSecurityContext.readOnlyRootFilesystem", "tenant.containerSecurityContext.runAsNonRoot",
	}
}

native_boolean(key) if regex.match(`ounts(\.\w+)?\[[0-9]+\]\.readOnly$`, key)

null_word(flag, key) := message if {
	message := sprintf("--%s %s=null gives the word \"null\"; use --set %s=null to remove the default", [flag, key, key])
}

string_booleans := {
	"images.pgdbInit.enable", "images.rcsInit.enable", "images.pulseInit.enable",
	"images.fluentBit.enable", "images.fluentBitUrs.enable", "images.fluentBitSs.enable",
	"images.fluentBitOcs.enable", "images.fluentBitCs.enable",
	"tenant.gws.enable", "tenant.gws.db.enable", "tenant.gws.db.read", "tenant.gws.db.init",
	"tenant.logging.volumes.logPvc.enabled",
}
