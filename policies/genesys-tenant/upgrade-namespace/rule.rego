# METADATA
# title: Upgrade a release in its own namespace
# description: >-
#   helm upgrade --install in another namespace installs a second release there, without the secrets of the first.
# custom:
#   severity: error
#   needs: previous
#   remediation: Pass the namespace of the installed release with -n.
#   facts: [TEN-001]
#   source: {document: "Upgrade, roll back, or uninstall Tenant Service", section: Important}
package policies["genesys-tenant"]["upgrade-namespace"]

import data.policies["genesys-tenant"].lib as tenant

findings contains {"path": [], "holds": true, "message": message} if {
	before := input.previous.release.namespace
	after := input.release.namespace
	tenant.differs(before, after)
	message := sprintf("the upgrade goes to namespace %q, but the release is in %q; write -n %s", [after, before, before])
}
