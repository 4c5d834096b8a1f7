# METADATA
# title: Keep the service user of a tenant
# description: >-
#   The account that manages the provisioning of a tenant is created at its bootstrap. With another name in
#   tenant.serviceuser the service does not find it any more.
# custom:
#   severity: warning
#   needs: previous
#   remediation: Write the name that was used when the tenant was installed.
#   facts: [TEN-093]
#   source: {document: Tenant Service Private Edition Guide, section: Integration}
package policies["genesys-tenant"]["upgrade-service-user"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

path := ["tenant", "serviceuser"]

findings contains {
	"path": path,
	"related": [{"previous": true, "path": path, "message": "what is installed"}],
	"message": sprintf("tenant.serviceuser was %s when the tenant was installed, and is %s now; keep the name", [
		lib.quote(tenant.was(path)),
		lib.quote(tenant.will_be(path)),
	]),
} if {
	tenant.was(path) != ""
	tenant.will_be(path) != ""
	tenant.changes(path)
}
