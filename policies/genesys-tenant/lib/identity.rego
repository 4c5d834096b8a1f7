package policies["genesys-tenant"].lib

import data.policies.lib

# tenantid is the id as it is written; it may wait for a placeholder.
tenantid := input.values.tenantid if is_string(input.values.tenantid)

# tenant_uuid is the tenantid once it is known to be a UUID.
tenant_uuid := tenantid if is_uuid(tenantid)

is_uuid(text) if regex.match(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`, text)

# short_id is what names of releases, databases and domains carry: the last four characters.
short_id := substring(tenant_uuid, 32, 4)

# same_text compares texts that may hold placeholders: $NAME and ${NAME} stand for the same value.
same_text(a, b) if _plain(a) == _plain(b)

_plain(text) := regex.replace(text, `\$\{([A-Za-z_][A-Za-z0-9_]*)\}`, `$$${1}`)

# at_replica says that the master of the tenant is at another location, so that the database here is read-only.
at_replica if {
	consul := input.values.tenant.consul
	every dc in [consul.masterdc, consul.homedc] {
		is_string(dc)
		dc != ""
		lib.known(dc)
	}
	consul.masterdc != consul.homedc
}
