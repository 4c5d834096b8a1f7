# The objects behind volumes, files and environment variables, and what given manifests of Secrets hold. Rules ask
# objects_given first: nothing here is for free.
# needs: manifests
package policies["genesys-tenant"].lib

import data.policies.lib

# object_refs are the places where the values name an object that the pods cannot do without:
# {kind, name, path, fact, volume}. The maps of the sidecars are not among them, as tenant-monitor makes those.
object_refs contains {
	"kind": kind,
	"name": name,
	"path": array.concat(volume.path, place),
	"fact": _object_fact(volume.path, name),
	"volume": volume.name,
} if {
	some volume in volumes
	volume.section != ["tenant", "logging"]
	not _unused(volume.section)
	some [kind, field, key] in [["Secret", "secret", "secretName"], ["ConfigMap", "configMap", "name"]]
	some place, name in _object_names(volume.item, field, key)
	name != ""
}

object_refs contains {
	"kind": "Secret",
	"name": backend.name,
	"path": backend.at,
	"fact": _object_fact(backend.path, backend.name),
	"volume": "",
} if {
	some backend in backends
	backend.mode == "env"
	not _unused(backend.section)
}

object_refs contains {
	"kind": "Secret",
	"name": name,
	"path": ["images", "imagePullSecrets"],
	"fact": "TEN-151",
	"volume": "",
} if {
	name := input.values.images.imagePullSecrets
	is_string(name)
	name != ""
}

# secret_uses are the settings that are read from one key of a Secret: {name, key, path, fact}. A file whose mount the
# values do not show, because another layer sets it, is looked up in what the documents say.
secret_uses contains {"name": secret.secretName, "key": key, "path": backend.at, "fact": fact} if {
	some backend in backends
	some mount in all_mounts_over(backend.file)
	some volume in volumes_named[mount.name]
	secret := volume.item.secret
	file := below(mount, backend.file)
	key := _projected_key(secret, file)
	fact := _object_fact(backend.path, secret.secretName)
}

secret_uses contains {"name": name, "key": secret.key, "path": backend.at, "fact": fact} if {
	some name, secret in documented_secrets
	backend := backends[secret.owner]
	endswith(backend.file, sprintf("/%s", [secret.key]))
	count(all_mounts_over(backend.file)) == 0
	fact := _object_fact(backend.path, name)
}

secret_uses contains {"name": backend.name, "key": backend.key, "path": path, "fact": fact} if {
	some backend in backends
	backend.mode == "env"
	path := _key_path(backend)
	fact := _object_fact(backend.path, backend.name)
}

_key_path(backend) := array.concat(backend.path, ["secretKey"]) if backend.kind == "credential"

_key_path(backend) := backend.at if backend.kind != "credential"

# secret_entries are the keys whose content matters: those in use, and those of the documented Secrets, which other
# layers may use: {name, key, fact}.
secret_entries contains {"name": use.name, "key": use.key, "fact": use.fact} if some use in secret_uses

secret_entries contains {"name": name, "key": secret.key, "fact": _object_fact([], name)} if {
	some name, secret in documented_secrets
}

# voice_secrets are made by the Voice deployment.
voice_secrets := {"consul-voice-token", "redis-config-token", "redis-tenant-token", "kafka-secrets-token"}

# _object_fact says which documented objects one belongs to: by the section of the values, else by its name.
_object_fact(path, name) := fact if {
	fact := _path_fact(path)
} else := fact if {
	fact := _path_fact(split(documented_secrets[name].owner, "."))
} else := "TEN-116"

_path_fact(path) := "TEN-111" if path[1] == "pgdb"

_path_fact(path) := "TEN-113" if path == ["tenant", "svcpwdSecretName"]

_path_fact(path) := _section_facts[path[2]]

_section_facts := {"pgdb": "TEN-111", "gws": "TEN-115", "consul": "TEN-117", "redis": "TEN-117", "kafka": "TEN-117"}

# _unused says that nothing reads what a section refers to.
_unused(section) if {
	section[2] == "gws"
	input.values.tenant.gws.enable == "false"
}

# _object_names are the objects that a volume needs, by their place in the volume.
_object_names(volume, field, key) := {[field, key]: volume[field][key]} if {
	is_string(volume[field][key])
	lib.get(volume, [field, "optional"], false) != true
} else := {["projected", "sources", i, field, "name"]: source[field].name |
	some i, source in volume.projected.sources
	lib.get(source, [field, "optional"], false) != true
}

# _projected_key returns the key that appears as a file in the volume of a Secret.
_projected_key(secret, file) := file if {
	not secret.items
	not contains(file, "/")
}

_projected_key(secret, file) := item.key if {
	some item in secret.items
	item.path == file
}

# secret_keys are the keys that a Secret will have: {key, path, index}. The path is that of the key in the manifest.
secret_keys(name) := {{"key": key, "path": array.concat(path, [key]), "index": index} |
	some index in objects("Secret", name)
	some path in _key_paths[input.manifests[index].kind]
	some key, _ in lib.get(input.manifests[index], path, {})
} | {{"key": entry.secretKey, "path": ["spec", "data", i, "secretKey"], "index": index} |
	some index in objects("Secret", name)
	input.manifests[index].kind == "ExternalSecret"
	some i, entry in input.manifests[index].spec.data
}

_key_paths := {
	"Secret": [["data"], ["stringData"]],
	"SealedSecret": [["spec", "encryptedData"], ["spec", "template", "data"]],
	"ExternalSecret": [["spec", "target", "template", "data"]],
}

# secret_open says that a Secret may get keys that its manifest does not tell.
secret_open(name) if {
	some index in objects("Secret", name)
	some path in [["spec", "dataFrom"], ["spec", "target", "template", "templateFrom"]]
	lib.present(input.manifests[index], path)
}

# secret_texts are the decoded values of a key of a Secret that is given in the clear: {text, path, index}. There are
# none where the value waits for a placeholder or cannot be decoded.
secret_texts(name, key) := {{"text": text, "path": [field, key], "index": index} |
	some index in objects("Secret", name)
	manifest := input.manifests[index]
	manifest.kind == "Secret"
	field := _winning_field(manifest, key)
	text := _clear_text(field, manifest[field][key])
}

# Kubernetes writes stringData over data.
_winning_field(manifest, key) := "stringData" if {
	_ = manifest.stringData[key]
} else := "data" if {
	_ = manifest.data[key]
}

_clear_text(_, value) := "" if value == null

_clear_text("stringData", value) := value if {
	is_string(value)
	lib.known(value)
}

_clear_text("data", value) := base64.decode(value) if base64.is_valid(value)
