# METADATA
# title: Read each parameter from a source of its own
# description: >-
#   The documented secrets hold one value each: host, name, user and password of the database and every other credential
#   come from different files. A line that was copied and not changed still resolves, and the service logs in with
#   the database name as user. The two Redis connections may share one source.
# custom:
#   severity: warning
#   remediation: Name the file, or the secret and key, that holds this very parameter.
#   facts: [TEN-220]
#   source: {document: Tenant Service Private Edition Guide, section: Configure service-specific secrets}
package policies["genesys-tenant"]["crossed-source"]

import data.policies["genesys-tenant"].lib as tenant

# A file or secret that the documents give to another parameter.
findings contains {
	"path": backend.at,
	"related": [{"path": owner.at, "message": sprintf("the %s", [owner.label])} | owner.mode in {"file", "env"}],
	"message": sprintf("the %s is read from the %s of the %s; name its own%s", [
		backend.label,
		kinds[backend.mode],
		owner.label,
		example(id, backend),
	]),
} if {
	some id, backend in tenant.backends
	owner := tenant.backends[owners[id]]
	owners[id] != id
	not shared(id, owners[id])
	not wrong_key(id)
}

# The same text is the same source, whatever its placeholders stand for.
findings contains {
	"path": backend.at,
	"holds": true,
	"related": [{"path": first.at, "message": sprintf("the %s", [first.label])}],
	"message": sprintf("the %s and the %s are read from one source; give each its own", [first.label, backend.label]),
} if {
	some i, [source, _, id] in sources
	[source, _, first_id] = sources[i - 1]
	not shared(id, first_id)
	every crossed in [id, first_id] {
		not misled(crossed)
	}
	backend := tenant.backends[id]
	first := tenant.backends[first_id]
}

kinds := {"file": "file", "env": "secret"}

example(id, backend) := sprintf(", such as %q", [files[0]]) if {
	backend.mode == "file"
	files := [file | some file, name in tenant.documented_files; tenant.documented_secrets[name].owner == id]
} else := ""

sources := sort([[source(backend), backend.order, id] |
	some id, backend in tenant.backends
	backend.mode in {"file", "env"}
])

source(backend) := [object.get(backend, "file", backend.name)] if backend.mode == "file"

source(backend) := [backend.name, backend.key] if backend.mode == "env"

shared(a, b) if {
	startswith(a, "tenant.secrets.redis.")
	startswith(b, "tenant.secrets.redis.")
}

misled(id) if owners[id] != id

# A key that the secret does not have is reported by itself.
wrong_key(id) if tenant.lost_files[id].about == "key"

# owners are the parameters whose source a backend is read from, as far as the documents tell. The vendor's suffix
# for the tenant does not count.
owners := {id: tenant.documented_secrets[name].owner |
	some id, backend in tenant.backends
	name := plain_name(secret_of(backend))
}

secret_of(backend) := backend.name if backend.mode == "env"

secret_of(backend) := secrets[0] if {
	secrets := [volume.secret |
		some mount in tenant.all_mounts_over(backend.file)
		some volume in tenant.volumes_named[mount.name]
	]
	count(secrets) > 0
} else := tenant.documented_files[backend.file]

plain_name(name) := regex.replace(name, `-(voice-)?t[0-9a-f]{1,4}$`, "")
