# METADATA
# title: Keep passwords out of commands
# description: >-
#   The documented commands take user and password of the repository from shell variables. A password that is written
#   out ends up in the history of the shell, in the list of processes and in the log of the pipeline.
# custom:
#   severity: warning
#   remediation: >-
#     Pass --password "$JFROG_PASSWORD", or log in once with helm registry login --password-stdin. Put credentials of
#     the service into Kubernetes secrets.
#   facts: [TEN-053, TEN-137]
#   needs: commands
#   source: {document: Tenant Service Private Edition Guide, section: Single service at one location}
package policies["genesys-tenant"]["command-secret"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {"command": i, "word": flag.at, "facts": ["TEN-137"], "message": message} if {
	some i, command in commands
	some flag in command.flags
	flag.literal
	message := sprintf("--%s holds a secret in clear text; take it from a variable, or log in with --password-stdin", [
		flag.name,
	])
}

findings contains {"command": i, "word": arg.word, "facts": ["TEN-137"], "message": message} if {
	some i, command in commands
	some arg in command.args
	arg.credentials
	message := "URL holds a password in clear text; pass --username and --password from variables"
}

findings contains {"command": i, "word": set.word, "message": message} if {
	some i, command in commands
	some set in command.sets
	credential(set.path)
	spoken(set.value)
	message := sprintf("--%s writes the credential %s out in the command; name a secret in the values with secretName", [
		set.flag,
		lib.path_string(set.path),
	])
}

# Commands that are about no chart, such as helm registry login, count as well.
commands[i] := command if {
	some i, command in input.commands
	not elsewhere(command)
}

elsewhere(command) if tenant.chart_of(command) in {"tenant-monitor", "other"}

# credential says that a path is one of the settings that are secrets, or lies below it.
credential(path) if {
	array.slice(path, 0, 2) == ["tenant", "secrets"]
	setting := concat(".", array.slice(path, 2, 4))
	regex.match(`^(pgdb\.pwd|consul\.acl|redis\.(stream|config)Pwd|kafka\.pwd|gws\.(user|pwd))$`, setting)
	not reference(path)
}

reference(path) if path[4] in {"secretName", "secretKey", "enabled"}

spoken(value) if is_number(value)

spoken(value) if {
	is_string(value)
	value != ""
	lib.known(value)
}
