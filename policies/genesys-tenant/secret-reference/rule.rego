# METADATA
# title: Refer to a secret by file, or by name and key
# description: >-
#   A credential is given in one of two ways. As a file, secretName is a path in the container, in spite of its name;
#   the name of the Kubernetes secret stands in the volume. As an environment variable, secretName is the name of the
#   secret and secretKey the key inside it. Anything between the two is neither, and the pod gets no credential.
# custom:
#   severity: error
#   remediation: >-
#     Write secretName: /opt/genesys/kafka-secrets/kafka-secrets with a volume and a mount, or secretName:
#     kafka-secrets-token and secretKey: kafka-secrets without them.
#   facts: [TEN-036, TEN-052, TEN-057, TEN-059, TEN-060, TEN-063, TEN-065, TEN-066, TEN-089, TEN-095, TEN-133]
#   source: {document: Tenant Service Private Edition Guide, section: Backend parameters}
package policies["genesys-tenant"]["secret-reference"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

# The name at fault is not shown: it may be a credential that was put into the wrong place.
findings contains {
	"path": found.path,
	"facts": array.concat(backend.facts, found.facts),
	"related": object.get(found, "related", []),
	"message": sprintf("the %s %s", [backend.label, found.problem]),
} if {
	some id, backend in tenant.backends
	backend.kind != "value"
	found := problem(id, backend)
}

# A bare name of a secret that is mounted as well was meant to be the path of the file.
problem(id, backend) := {
	"path": backend.at,
	"facts": ["TEN-065", "TEN-066"],
	"problem": sprintf("names a secret without a key, although a file of it is mounted; write %q", [
		concat("/", [mount.at, key_of(mount)]),
	]),
	"related": [{"path": mount.path, "message": "the mount"}],
} if {
	bare(backend)
	mount := mounts_of(id, backend)[0]
} else := {
	"path": backend.at,
	"facts": ["TEN-065"],
	"problem": "has a path without its leading slash; begin it with /",
} if {
	bare(backend)
	contains(backend.name, "/")
} else := {
	"path": backend.at,
	"facts": ["TEN-065"],
	"problem": "names a secret without a key; add secretKey, or write the path of a mounted file, which begins with /",
} if {
	bare(backend)
}

problem(_, backend) := {
	"path": key_path(backend),
	"facts": ["TEN-065"],
	"problem": "has secretKey without secretName; name the secret that holds the key",
} if {
	backend.mode == "incomplete"
	backend.kind == "credential"
	backend.name == ""
	not backend.misplaced
}

problem(_, backend) := {
	"path": backend.path,
	"facts": [],
	"problem": sprintf("is a path where a mapping belongs; write it at %s.secretName", [lib.path_string(backend.path)]),
} if {
	backend.misplaced
}

problem(_, backend) := {
	"path": backend.at,
	"facts": ["TEN-065"],
	"problem": "is in a secret whose name is not valid; use lower-case letters, digits, hyphens and dots",
} if {
	backend.mode == "env"
	lib.known(backend.name)
	not tenant.is_secret_name(backend.name)
} else := {
	"path": key_path(backend),
	"facts": ["TEN-065"],
	"problem": "is under a key that is not valid; use letters, digits, hyphens, underscores and dots",
} if {
	backend.mode == "env"
	backend.kind == "credential"
	lib.known(backend.key)
	not regex.match(`^[-._a-zA-Z0-9]+$`, backend.key)
}

problem(id, backend) := {
	"path": backend.at,
	"facts": mandatory(id),
	"problem": "is not configured; set secretName to the path of a mounted file, or secretName and secretKey",
} if {
	backend.kind == "credential"
	backend.mode == "unset"
	left_empty(backend)
}

bare(backend) if {
	backend.mode == "incomplete"
	backend.name != ""
}

key_path(backend) := array.concat(backend.path, ["secretKey"])

# mounts_of are the mounts that the file of the credential should come from.
mounts_of(id, backend) := array.concat(
	[mount |
		some volume in tenant.volumes
		is_for(id, backend, volume)
		some mount in tenant.mounts
		mount.name == volume.name
		mount.at != ""
	],
	[mount |
		not backend.section in shared_sections
		some mount in tenant.mounts
		mount.section == backend.section
		mount.at != ""
	],
)

# In these sections a mount may be that of another setting.
shared_sections := {["tenant", "secrets", "pgdb"], ["tenant", "secrets", "gws"], []}

is_for(_, backend, volume) if backend.name in {volume.name, volume.secret}

is_for(id, _, volume) if tenant.documented_secrets[volume.secret].owner == id

key_of(mount) := keys[0] if {
	keys := [tenant.documented_secrets[volume.secret].key | some volume in tenant.volumes_named[mount.name]]
	count(keys) > 0
} else := "KEY"

# Other layers may fill a mapping, but not an empty text.
left_empty(backend) if {
	object.get(input.expanded, backend.at, null) == ""
	not off(backend)
}

left_empty(backend) if {
	input.whole
	object.get(input.expanded, backend.at, "absent") == "absent"
	is_object(object.get(input.expanded, backend.path, null))
	not off(backend)
}

# Without registration nobody needs the client.
off(backend) if {
	backend.section[2] == "gws"
	object.get(input.expanded, ["tenant", "gws", "enable"], "") != "true"
}

mandatory("tenant.secrets.pgdb.pwd") := ["TEN-036", "TEN-133"]

mandatory(id) := ["TEN-133"] if regex.match(`^tenant\.secrets\.(consul|redis|kafka)\.`, id)

mandatory(id) := [] if startswith(id, "tenant.secrets.gws.")
