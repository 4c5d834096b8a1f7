# METADATA
# title: Name the release and its namespace in every command
# description: >-
#   With --install a mistyped name or namespace makes a second release instead of failing. Without -n, helm and
#   kubectl act on the namespace of the current context. Commands on other releases are not judged.
# custom:
#   severity: error
#   remediation: Give the release name and -n NAMESPACE as helm list shows them.
#   facts: [UEP-007, UEP-034]
#   needs: commands
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Preparations; Upgrade}
package policies["usage-engine"]["command-release"]

import data.policies.lib
import data.policies["usage-engine"].lib as usage

findings contains object.union(usage.place(i, command.release), {"facts": facts, "message": message}) if {
	some i, command in usage.deployments
	command.release.name != input.release.name
	lib.known(input.release.name)
	facts := ["UEP-007", "UEP-034"]
	message := sprintf("release %q is not %q, and would be installed beside it; write %s", [
		command.release.name,
		input.release.name,
		input.release.name,
	])
}

findings contains object.union(usage.place(i, command.namespace), {"facts": facts, "message": message}) if {
	some i, command in commands
	wanted := input.release.namespace
	lib.known(wanted)
	command.namespace.value != wanted
	command.namespace.value != "namespace"
	facts := [fact | some fact in ["UEP-007", "UEP-034"]; cited(fact, command)]
	message := sprintf("namespace %q is not %q, where the release is; write -n %s", [
		command.namespace.value,
		wanted,
		wanted,
	])
}

findings contains {"command": i, "severity": "warning", "facts": ["UEP-007"], "message": message} if {
	some i, command in commands
	not command.namespace
	not command.open
	not usage.has_flag(command, {"all-namespaces"})
	message := sprintf("command names no namespace and acts on that of the current context; add -n %s", [
		lib.get(input, ["release", "namespace"], "NAMESPACE"),
	])
}

cited("UEP-007", _)

cited("UEP-034", command) if command.verb in {"install", "upgrade"}

commands := object.union(usage.release_commands, usage.kubectl_commands)
