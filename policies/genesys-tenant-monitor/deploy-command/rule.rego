# METADATA
# title: Deploy tenant-monitor with the documented command
# description: >-
#   It is installed and upgraded with helm upgrade --install --wait --timeout 600s -n voice -f FILE,
#   the release name and the package.
#   The printed command has no -f, and without values Prometheus, Fluent Bit and the shared log volume all stay off.
#   The release is called tenant-monitor, after its chart.
# custom:
#   severity: warning
#   remediation: Add what is missing, such as -f tenant-monitor-values.yaml, and give the timeout with its unit.
#   facts: [TEN-135]
#   needs: commands
#   source: {document: Tenant Service Private Edition Guide, section: tenant-monitor}
package policies["genesys-tenant-monitor"]["deploy-command"]

import data.policies["genesys-tenant-monitor"].lib as monitor

findings contains {"command": i, "message": message} if {
	some i, command in without_values
	count(command.sets) == 0
	message := sprintf("no values file is passed, so %s all stay off; add -f tenant-monitor-values.yaml", [
		"Prometheus, Fluent Bit and the shared log volume",
	])
}

findings contains object.union(monitor.word(i, command.release), {"severity": "info", "message": message}) if {
	some i, command in monitor.deployments
	name := command.release.name
	name != "tenant-monitor"
	not regex.match(`^(voice-)?t[0-9a-f]{4}$`, name)
	message := sprintf("release is called %q; write tenant-monitor, as the documents do", [name])
}

findings contains {"command": i, "word": blank.word, "message": message} if {
	some i, command in monitor.commands
	some blank in command.blanks
	message := sprintf("%q is a placeholder that nobody has filled in; write the value", [blank.text])
}

findings contains object.union_n([problem, monitor.word(i, timeout), {"facts": ["TEN-135"]}]) if {
	some i, command in monitor.commands
	problem := monitor.wrong_timeout(command)
	timeout := object.get(command, "timeout", {})
}

# without_values says that the values of the last revision are not kept, and no file brings them.
without_values[i] := command if {
	some i, command in monitor.deployments
	not command.open
	count(command.values) == 0
	not kept(command)
}

kept(command) if {
	some flag in command.flags
	flag.name in {"reuse-values", "reset-then-reuse-values"}
}
