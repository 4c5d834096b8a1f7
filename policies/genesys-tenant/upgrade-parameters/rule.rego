# METADATA
# title: Repeat every mandatory parameter in an upgrade
# description: >-
#   An upgrade is the command of the deployment with the same mandatory parameters. What it leaves out falls back to the
#   chart's default, and another tenantid or release name is another tenant. A changed setting of a backend is a
#   warning, as it may be meant.
# custom:
#   severity: error
#   needs: previous
#   remediation: Pass the values of the installed release, as in helm get values, with the new tags.
#   facts: [TEN-006]
#   source: {document: "Upgrade, roll back, or uninstall Tenant Service", section: Single region/location/cluster}
package policies["genesys-tenant"]["upgrade-parameters"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

mandatory := [
	["tenantid"],
	["tenant", "pgdb", "dbhost"],
	["tenant", "pgdb", "dbuser"],
	["tenant", "pgdb", "dbname"],
	["tenant", "secrets", "pgdb", "pwd", "secretName"],
	["tenant", "secrets", "consul", "acl", "secretName"],
	["tenant", "secrets", "redis", "configPwd", "secretName"],
	["tenant", "secrets", "redis", "streamPwd", "secretName"],
	["tenant", "secrets", "kafka", "pwd", "secretName"],
	["tenant", "redis", "isCluster"],
]

findings contains {
	"path": path,
	"related": [{"previous": true, "path": path, "message": "what is installed"}],
	"message": sprintf("the upgrade drops %s, which the installed release sets; keep it, or the chart's default applies", [
		lib.path_string(path),
	]),
} if {
	some path in mandatory
	tenant.was(path) != ""
	tenant.will_be(path) == ""

	# A credential that is given in another way is a change, no loss.
	not credential_moves(path)
}

findings contains {
	"path": ["tenantid"],
	"related": [{"previous": true, "path": ["tenantid"], "message": "the installed tenant"}],
	"message": sprintf("the upgrade makes tenant %s of tenant %s; write the installed id, or install another release", [
		lib.quote(tenant.will_be(["tenantid"])),
		lib.quote(tenant.was(["tenantid"])),
	]),
} if {
	tenant.was(["tenantid"]) != ""
	tenant.will_be(["tenantid"]) != ""
	tenant.changes(["tenantid"])
}

findings contains {
	"path": [],
	"message": sprintf("the upgrade calls release %q %q, which installs a second tenant; keep the name", [before, after]),
} if {
	before := input.previous.release.name
	after := input.release.name
	tenant.differs(before, after)
}

findings contains {
	"path": path,
	"severity": "warning",
	"related": [{"previous": true, "path": path, "message": "what is installed"}],
	"message": sprintf("the upgrade changes %s%s; check that it is meant, and that the new one is ready", [
		lib.path_string(path),
		values(path),
	]),
} if {
	some path in mandatory
	path != ["tenantid"]
	tenant.was(path) != ""
	tenant.will_be(path) != ""
	tenant.changes(path)
	not reported(path)
}

credential_moves(path) if {
	path[count(path) - 1] == "secretName"
	parent := array.slice(path, 0, count(path) - 1)
	count(object.keys(lib.get(input.values, parent, {}))) > 0
}

# Other rules speak about the database and Redis where a change of them is wrong.
reported(path) if {
	"pgdb" in path
	tenant.database_kept
}

reported(path) if {
	"pgdb" in path
	not tenant.service_upgrade
}

reported(path) if {
	"redis" in path
	max(tenant.nodes) > 1
}

# A reference to a secret is no secret, but what else stands there may be one.
values(path) := sprintf(" from %s to %s", [lib.quote(tenant.was(path)), lib.quote(tenant.will_be(path))]) if {
	every value in [tenant.was(path), tenant.will_be(path)] {
		shown(path, value)
	}
} else := ""

shown(path, _) if path[count(path) - 1] != "secretName"

shown(_, value) if startswith(value, "/")
