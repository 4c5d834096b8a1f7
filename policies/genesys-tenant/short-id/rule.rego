# METADATA
# title: Keep the short tenant id a string
# description: >-
#   The short id is the last four characters of tenantid. Without quotes YAML reads many of them as numbers: 0100 is
#   64, 12e4 is 120000.
# custom:
#   severity: warning
#   remediation: Write the last four characters of tenantid in quotes.
#   facts: [TEN-048]
#   source: {document: Tenant Service Private Edition Guide, section: Identification}
package policies["genesys-tenant"]["short-id"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

keys := {"shortid", "sid", "tenantsid"}

findings contains {"path": [key], "message": message} if {
	some key, value in input.values
	lower(key) in keys
	message := wrong(value)
}

findings contains {"path": ["tenant", key], "message": message} if {
	some key, value in input.values.tenant
	lower(key) in keys
	message := wrong(value)
}

wrong(value) := sprintf("short id is the number %v; write %s", [value, want]) if is_number(value)

wrong(value) := sprintf("short id %s is not the end of tenantid; write %s", [lib.quote(value), want]) if {
	is_string(value)
	lib.known(value)
	value != tenant.short_id
}

default want := "it in quotes"

want := lib.quote(tenant.short_id)
