# METADATA
# title: Give every tenant secrets of its own
# description: >-
#   Secrets are made for each service and namespace. Where two tenants of one namespace use a secret of the same name
#   for the database user, the database password or the service user, creating it for the second tenant overwrites what
#   the first one uses. Secrets of shared backends, such as the database server, Consul, Redis, Kafka and GWS, may be
#   shared.
# custom:
#   severity: warning
#   needs: fleet
#   remediation: Name each tenant's secrets after it, such as dbpassword-t0200.
#   facts: [TEN-119]
#   source: {document: Tenant Service Private Edition Guide, section: Assumptions}
package policies["genesys-tenant"]["shared-secret"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

# uses are the secrets of tenants that nobody else should use: by room and name of the secret, who uses it, where.
uses := [[[tenant.fleet[i].room, use.name], i, use.path, use.holds] |
	some i in tenant.fleet_tenants
	some use in own_secrets(i)
]

own_secrets(i) := {{"name": name, "path": array.concat(path, [j, "secret", "secretName"]), "holds": holds} |
	some path in [["tenant", "secrets", "pgdb", "volumes"], ["volumes"], ["tenant", "volumes"]]
	list := object.get(input.releases[i].expanded, path, [])
	is_array(list)
	some j, volume in list
	name := volume.secret.secretName
	holds := content(sprintf("%v", [object.get(volume, "name", "")]), name)
} | {{"name": name, "path": array.concat(path, ["secretName"]), "holds": "database password"} |
	path := ["tenant", "secrets", "pgdb", "pwd"]
	object.get(input.releases[i].values, array.concat(path, ["secretKey"]), "") != ""
	name := object.get(input.releases[i].values, array.concat(path, ["secretName"]), "")
	not startswith(name, "/")
}

# What a volume holds is told by its name or by that of its secret.
content(volume, secret) := words if {
	is_string(secret)
	some [pattern, words] in [
		[`dbuser|db-user`, "database user"],
		[`dbpass|db-pass`, "database password"],
		[`svcuser|svcp|service-user`, "password of the service user"],
	]
	some text in [volume, secret]
	regex.match(concat("", ["^(?i)(", pattern, ")"]), text)
}

findings contains {
	"release": later,
	"path": path,
	"holds": true,
	"related": [{"release": first, "path": there, "message": "the first tenant that uses it"}],
	"message": sprintf("secret %s holds the %s of tenant %s, too; name one after this tenant, such as \"%s-%s\"", [
		lib.quote(key[1]),
		holds,
		tenant.fleet[first].label,
		trim_suffix(key[1], sprintf("-%s", [tenant.fleet[first].name])),
		tenant.fleet[later].name,
	]),
} if {
	some users in tenant.groups(uses)
	[key, first, there, _] := users[0]
	some [_, later, path, holds] in users
	later != first
	tenant.fleet[later].name != tenant.fleet[first].name
}
