# METADATA
# title: Change the database only as part of a service upgrade
# description: >-
#   Maintenance of the database in place is separate from an upgrade of the service and keeps every setting of the
#   database. A move to another database is part of an upgrade of the service: chart or image version change in the same
#   step, and database and values are ready before it.
# custom:
#   severity: warning
#   needs: previous
#   context: [operation]
#   remediation: >-
#     Move the database together with a service upgrade, and check host, user, name and password reference. Tell
#     operation dbms-in-place in the context of .helmvet.yaml where the database stays in place.
#   facts: [TEN-010, TEN-011]
#   source: {document: "Upgrade, roll back, or uninstall Tenant Service", section: Backend upgrade}
package policies["genesys-tenant"]["upgrade-database"]

import data.policies["genesys-tenant"].lib as tenant

changed := tenant.changed_below(tenant.database_paths)

findings contains {
	"path": changed[0],
	"severity": "error",
	"facts": ["TEN-010"],
	"related": [{"previous": true, "path": changed[0], "message": "what is installed"}],
	"message": sprintf("%s changes, but the database stays in place (operation dbms-in-place); write what is installed", [
		tenant.changed_paths(changed),
	]),
} if {
	count(changed) > 0
	tenant.database_kept
}

findings contains {
	"path": changed[0],
	"facts": ["TEN-011"],
	"related": [{"previous": true, "path": changed[0], "message": "what is installed"}],
	"message": sprintf("%s changes while chart and image stay; move the database in a service upgrade, and %s", [
		tenant.changed_paths(changed),
		"check host, user, name and password",
	]),
} if {
	count(changed) > 0
	not tenant.database_kept
	not tenant.service_upgrade
}
