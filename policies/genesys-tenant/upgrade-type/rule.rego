# METADATA
# title: Upgrade with the deployment type full
# description: >-
#   Provisioning is upgraded automatically by helm upgrade. The types maintenance and cleanup are for other occasions,
#   so that an upgrade with one of them does not upgrade the service as it should.
# custom:
#   severity: warning
#   needs: previous
#   remediation: Remove tenant.deployment.type or write full, unless the release note asks for something else.
#   facts: [TEN-009]
#   source: {document: "Upgrade, roll back, or uninstall Tenant Service", section: Backend upgrade}
package policies["genesys-tenant"]["upgrade-type"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

path := ["tenant", "deployment", "type"]

findings contains {
	"path": path,
	"related": [{"path": tenant.tag_path, "message": "the new version"}],
	"message": sprintf("image tags change with tenant.deployment.type %s; write full, which upgrades provisioning", [
		lib.quote(tenant.will_be(path)),
	]),
} if {
	tenant.will_be(path) in {"maintenance", "cleanup"}
	tenant.new_image
}
