# METADATA
# title: Deploy tenant with the documented command
# description: >-
#   A tenant is installed and upgraded with helm upgrade --install --wait --timeout 600s -n voice -f FILE,
#   the release name and the package.
#   The values file has to be passed every time: with --set flags alone Helm takes chart defaults for everything else,
#   and tenantid and the backends are lost. Words in angle brackets, and the release name t, are left over from the
#   documents.
# custom:
#   severity: error
#   remediation: Add what is missing, such as -f tenant-values.yaml, and give the timeout with its unit.
#   facts: [TEN-017, TEN-167]
#   needs: commands
#   source: {document: Tenant Service Private Edition Guide, section: Single service at one location}
package policies["genesys-tenant"]["deploy-command"]

import data.policies["genesys-tenant"].lib as tenant

findings contains {"command": i, "message": message} if {
	some i, command in without_values
	count(command.sets) > 0
	message := "no values file is passed, and --set flags leave everything else to the chart; add -f FILE"
}

findings contains {"command": i, "severity": severity, "message": message} if {
	some i, command in without_values
	count(command.sets) == 0
	[severity, message] := bare(command)
}

findings contains {"command": i, "word": blank.word, "facts": ["TEN-017"], "message": message} if {
	some i, command in tenant.commands
	some blank in command.blanks
	message := sprintf("%q is a placeholder that nobody has filled in; write the value", [blank.text])
}

findings contains object.union(place, {"severity": "warning", "facts": ["TEN-167"], "message": message}) if {
	some i, command in tenant.commands
	name := command.release.name
	name in {"t", "voice-t"}
	place := tenant.word(i, command.release)
	message := sprintf("release name %q lacks the short tenant id; write %s", [name, full_name(name)])
}

findings contains object.union_n([problem, tenant.word(i, timeout), {"facts": ["TEN-167"]}]) if {
	some i, command in tenant.commands
	problem := tenant.wrong_timeout(command)
	timeout := object.get(command, "timeout", {})
}

# without_values says that the values of the last revision are not kept, and no file brings them.
without_values[i] := command if {
	some i, command in tenant.deployments
	not command.open
	count(command.values) == 0
	not kept(command)
}

kept(command) if {
	some flag in command.flags
	flag.name in {"reuse-values", "reset-then-reuse-values"}
}

# Helm keeps the old values where an upgrade brings none at all.
bare(command) := ["warning", "no values file is passed, so the values stay as they are; add -f FILE"] if {
	command.verb == "upgrade"
	not command.install
} else := ["error", "no values file is passed, so a first installation gets chart defaults only; add -f FILE"]

full_name(name) := concat("", [name, lower(tenant.short_id)]) if {
	tenant.short_id
} else := concat("", [name, "0100, with the last four characters of tenantid"])
