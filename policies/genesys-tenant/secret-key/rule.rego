# METADATA
# title: Give each Secret the key that is read from it
# description: >-
#   A mounted Secret has one file per key, so the last part of a path such as /opt/genesys/dbname/dbname, or secretKey,
#   has to be a key of the Secret. A Secret that an ExternalSecret fills with dataFrom may have any key.
# custom:
#   severity: error
#   needs: manifests
#   remediation: Rename the key in the Secret to the name in the values.
#   facts: [TEN-111, TEN-113, TEN-115, TEN-116, TEN-117]
#   source: {document: Tenant Service Private Edition Guide, section: Configure service-specific secrets}
package policies["genesys-tenant"]["secret-key"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {
	"manifest": place.index,
	"path": place.path,
	"facts": [use.fact],
	"related": [{"path": use.path, "message": "the key is read here"}],
	"message": sprintf("Secret %q has %s, but %s reads the key %q; %s", [
		use.name,
		present(keys),
		lib.path_string(use.path),
		use.key,
		remedy(keys),
	]),
} if {
	tenant.objects_given
	some use in tenant.secret_uses
	keys := {given.key | some given in tenant.secret_keys(use.name)}
	not use.key in keys
	not tenant.secret_open(use.name)
	place := where(use.name)
	every key in keys {
		lib.known(key)
	}
}

# Where the wrong key is if there is only one, else what holds the keys.
where(name) := found if {
	[found] := [found | some found in tenant.secret_keys(name)]
} else := {"index": found.index, "path": array.slice(found.path, 0, count(found.path) - 1)} if {
	found := min(tenant.secret_keys(name))
} else := {"index": index, "path": ["data"]} if index := min(tenant.objects("Secret", name))

remedy(keys) := "add it" if {
	count(keys) == 0
} else := "rename it" if {
	count(keys) == 1
} else := "rename the one that is meant"

present(keys) := "no key" if count(keys) == 0

present(keys) := sprintf("the key %q", [key]) if {
	count(keys) == 1
	some key in keys
}

present(keys) := sprintf("the keys %s", [lib.join_words([lib.quote(key) | some key in keys], "and")]) if count(keys) > 1
