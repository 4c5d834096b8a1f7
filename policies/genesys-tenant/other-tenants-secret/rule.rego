# METADATA
# title: Use the database secrets of this tenant
# description: >-
#   The vendor's values give each tenant database secrets of its own and end their names in -t and the short tenant id,
#   which is the last four characters of the tenant id. A name with another id was copied from another tenant, and two
#   tenants that share a database destroy each other's configuration.
# custom:
#   severity: warning
#   remediation: Write the short id of this tenant at the end of the name, such as dbname-t0100.
#   facts: [TEN-208]
#   source:
#     document: genesys/multicloud-services example values
#     section: "services/tenant/02_chart_tenant/override_values.yaml: tenant.secrets.pgdb.volumes"
package policies["genesys-tenant"]["other-tenants-secret"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {
	"path": path,
	"related": [{"path": ["tenantid"], "message": sprintf("the short id is %s", [tenant.short_id])}],
	"message": sprintf("secret %q ends in the id %s of another tenant; the short id of this one is %s, write %q", [
		name,
		suffix,
		tenant.short_id,
		concat("", [trim_suffix(name, suffix), lower(tenant.short_id)]),
	]),
} if {
	some [name, path] in names
	lib.known(name)
	suffix := regex.find_all_string_submatch_n(`-t([0-9a-f]{1,4})$`, name, 1)[0][1]
	trim_left(suffix, "0") != trim_left(lower(tenant.short_id), "0")
}

names contains [volume.secret, array.concat(volume.path, ["secret", "secretName"])] if {
	some volume in tenant.volumes
	volume.section in {["tenant", "secrets", "pgdb"], []}
	startswith(volume.secret, "db")
}

names contains [backend.name, backend.at] if {
	backend := tenant.backends["tenant.secrets.pgdb.pwd"]
	backend.mode == "env"
}
