# METADATA
# title: Give every release of a location a name of its own
# description: >-
#   The objects of a release are named after it. A second release of that name in the namespace is an upgrade of the
#   first, which turns one tenant into another. In another namespace it is allowed by Helm, but the release name is the
#   nickname of the tenant, and nicknames have to differ at a location, too.
# custom:
#   severity: error
#   needs: fleet
#   remediation: Call the release t and the short id of its tenant.
#   facts: [TEN-121, TEN-128]
#   source: {document: Tenant Service Private Edition Guide, section: Single region/location/cluster}
package policies["genesys-tenant"]["unique-release-name"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

# Releases of any chart, one of them a tenant at least.
same_name := [[[member.room, name], i] |
	some i, member in tenant.fleet
	name := name_of(member)
]

same_nickname := [[[tenant.fleet[i].place, name], i] |
	some i in tenant.fleet_tenants
	name := name_of(tenant.fleet[i])
]

name_of(member) := tenant.plain_text(member.name) if member.name != ""

taken contains again if {
	some again in tenant.repeats(same_name)
	"tenant" in {tenant.fleet[again.first].chart, tenant.fleet[again.later].chart}
}

findings contains {
	"release": again.later,
	"path": [],
	"holds": true,
	"facts": ["TEN-121"],
	"related": [{"release": again.first, "path": [], "message": "the first release of this name"}],
	"message": sprintf("release name %s is taken in %s; Helm would upgrade that release to this one: choose another", [
		lib.quote(tenant.fleet[again.later].name),
		where(tenant.fleet[again.later]),
	]),
} if {
	some again in taken
}

findings contains {
	"release": again.later,
	"path": [],
	"holds": true,
	"facts": ["TEN-128"],
	"related": [{"release": again.first, "path": [], "message": "the first tenant of this name"}],
	"message": sprintf("release name %s is the nickname of the tenant in namespace %q, too; nicknames at a location %s", [
		lib.quote(tenant.fleet[again.later].name),
		tenant.fleet[again.first].namespace,
		"have to differ: choose another name",
	]),
} if {
	some again in tenant.repeats(same_nickname)
	not again.later in {other.later | some other in taken}
}

where(member) := sprintf("namespace %q", [member.namespace]) if member.namespace != ""

where(member) := "its namespace" if member.namespace == ""
