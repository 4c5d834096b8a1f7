# METADATA
# title: Connect each location to its own database server
# description: >-
#   The master location has the writable database, every other one a read-only replica of its own, with secrets of its
#   own. A replica location that connects to the server of the master depends on the link between them. Names inside
#   the cluster are another server at each location. Manifests of a location are those in a folder of its name.
# custom:
#   severity: warning
#   needs: fleet
#   remediation: Name the local replica in tenant.pgdb.dbhost, or in the secret behind it.
#   facts: [TEN-130, TEN-132]
#   source: {document: Tenant Service Private Edition Guide, section: "Multiple regions: Basic deployment"}
package policies["genesys-tenant"]["site-database"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

host_path := ["tenant", "pgdb", "dbhost"]

findings contains {
	"release": i,
	"path": host_path,
	"facts": ["TEN-130"],
	"related": [{"release": master, "path": host_path, "message": "the host of the master"}],
	"message": sprintf("location %q connects to %s, the database of the master at %q; name the local replica", [
		tenant.fleet[i].location,
		lib.quote(host),
		tenant.fleet[master].location,
	]),
} if {
	some site in tenant.tenant_sites
	master := tenant.master_of(site)
	host := tenant.value_of(master, host_path)
	lib.known(host)
	host != ""
	not startswith(host, "/")
	not tenant.is_internal(host)
	some i in site
	i != master
	tenant.value_of(i, host_path) == host
}

# The secrets behind the host are compared without being shown.
findings contains {
	"manifest": here,
	"path": [field, key],
	"facts": ["TEN-132"],
	"related": [
		{"manifest": there, "path": [master_field, key], "message": "the secret of the master"},
		{"release": i, "path": host_path, "message": "the location"},
	],
	"message": sprintf("secret %q of location %q names the database server of the master at %q; name the local replica", [
		name,
		tenant.fleet[i].location,
		tenant.fleet[master].location,
	]),
} if {
	some site in tenant.tenant_sites
	master := tenant.master_of(site)
	some [name, key, text, there, master_field] in secrets_at[tenant.fleet[master].location]
	not tenant.is_internal(text)
	some i in site
	i != master
	some other in secrets_at[tenant.fleet[i].location]
	array.slice(other, 0, 3) == [name, key, text]
	[here, field] := array.slice(other, 3, 5)
}

# secrets_at are the entries of given secrets that name the database server, by location.
secrets_at := {location: entries |
	some location in {tenant.fleet[i].location | some site in tenant.tenant_sites; some i in site}
	entries := {[manifest.metadata.name, key, trim_space(text), index, field] |
		some index, manifest in input.manifests
		manifest.kind == "Secret"
		location in folders[index]
		[field, key, text] := server(manifest)
	}
}

folders := [split(object.get(input, ["manifest_files", i], ""), "/") | some i, _ in input.manifests]

server(manifest) := [field, key, text] if {
	some field in ["data", "stringData"]
	some key, value in manifest[field]
	key in {"dbserver", "dbhost"}
	text := decoded(field, value)
}

decoded("stringData", value) := value

decoded("data", value) := base64.decode(value)
