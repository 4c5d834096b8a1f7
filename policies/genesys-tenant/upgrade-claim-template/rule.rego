# METADATA
# title: Do not change the claim template of a running tenant
# description: >-
#   logPvc is a volume claim template of the StatefulSet, and Kubernetes refuses to change those in place. Switching it
#   on or off, or another size, class or mode, makes the upgrade fail.
# custom:
#   severity: warning
#   needs: previous
#   remediation: >-
#     Delete the StatefulSet with kubectl delete statefulset --cascade=orphan before the upgrade, which keeps the pods,
#     or keep logPvc as it is.
#   facts: [TEN-181]
#   source: {document: Tenant Service Private Edition Guide, section: Samples and references}
package policies["genesys-tenant"]["upgrade-claim-template"]

import data.policies["genesys-tenant"].lib as tenant

changed := tenant.changed_below([["tenant", "logging", "volumes", "logPvc"]])

findings contains {
	"path": changed[0],
	"related": [{"previous": true, "path": changed[0], "message": "what is installed"}],
	"message": sprintf("%s changes, but Kubernetes refuses to change the claim template; %s", [
		tenant.changed_paths(changed),
		"delete the StatefulSet with --cascade=orphan before the upgrade, or keep it",
	]),
} if {
	count(changed) > 0
	relevant
}

# A template that is switched off on both sides is none.
relevant if {
	some side in [input.previous.values, input.values]
	object.get(side, ["tenant", "logging", "volumes", "logPvc", "enabled"], "") in {"true", true}
}
