# METADATA
# title: Patch ECDs so that the API server takes it
# description: >-
#   manualUpgrade is set with kubectl patch ecdeployment NAME -n NAMESPACE --type=merge and a patch of
#   spec.manualUpgrade. Without --type=merge kubectl sends a strategic merge patch, which the API server refuses for
#   custom resources. A JSON patch of /spec/manualUpgrade does as well.
# custom:
#   severity: warning
#   remediation: Write --type=merge -p '{"spec":{"manualUpgrade":true}}'.
#   facts: [UEP-039]
#   needs: commands
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Editing ECD to Manual Upgrade}
package policies["usage-engine"]["ecd-patch"]

import data.policies.lib
import data.policies["usage-engine"].lib as usage

findings contains object.union(usage.place(i, type), {"message": message}) if {
	some i, command in patches
	not command.open
	type := usage.flag(command, "type")
	not type.value in {"merge", "json"}
	lib.known(object.get(type, "value", "$"))
	message := sprintf("a patch of type %q is refused for custom resources; write --type=merge", [type.value])
}

findings contains {"command": i, "message": message} if {
	some i, command in patches
	not command.open
	not usage.flag(command, "type")
	message := "kubectl sends a strategic merge patch, which is refused for custom resources; add --type=merge"
}

findings contains object.union(usage.value_place(i, patch), {"message": message}) if {
	some i, command in patches
	patch := usage.flag(command, "patch")
	patch.value
	not right(command)
	message := "patch does not set spec.manualUpgrade to true or false; write {\"spec\":{\"manualUpgrade\":true}}"
}

patches[i] := command if {
	some i, command in usage.kubectl_commands
	usage.runs(command, "kubectl", "patch")
	usage.about_ecd(command)
}

right(command) if is_boolean(usage.payload(command).spec.manualUpgrade)

right(command) if {
	some operation in usage.payload(command)
	operation.path == "/spec/manualUpgrade"
	is_boolean(operation.value)
}
