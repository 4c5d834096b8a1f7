# METADATA
# title: Name the namespace in every command
# description: >-
#   Several printed commands have no -n, and Helm then acts on the namespace of the current context: a rollback finds no
#   release or the wrong one, and --install makes a second release.
# custom:
#   severity: warning
#   remediation: Add -n voice to the command.
#   facts: [TEN-019, TEN-195]
#   needs: commands
#   source: {document: "Upgrade, roll back, or uninstall Tenant Service", section: "Rolling Update: Upgrade; Rollback"}
package policies["genesys-tenant"]["command-namespace"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {"command": i, "facts": ["TEN-019"], "message": message} if {
	some i, command in acting
	not command.namespace
	not command.open
	message := sprintf("helm %s names no namespace and acts on that of the current context; add -n %s", [
		command.verb,
		wanted,
	])
}

findings contains object.union(tenant.word(i, command.namespace), {"facts": ["TEN-019"], "message": message}) if {
	some i, command in acting
	input.release.command
	lib.known(input.release.namespace)
	command.namespace.value != input.release.namespace
	message := sprintf("command acts on namespace %q, but the release is in %q; write -n %s", [
		command.namespace.value,
		input.release.namespace,
		input.release.namespace,
	])
}

findings contains object.union_n([problem, tenant.word(i, command.namespace), {"facts": ["TEN-195"]}]) if {
	some i, command in acting
	not judged
	problem := tenant.wrong_namespace(command.namespace.value)
}

acting[i] := command if {
	some i, command in tenant.commands
	command.verb in {"install", "upgrade", "rollback", "uninstall"}
}

# judged says that the command is compared with the release, whose namespace is judged by itself.
judged if {
	input.release.command
	input.release.namespace
}

default wanted := "voice"

wanted := input.release.namespace if {
	input.release.command
	lib.known(input.release.namespace)
}
