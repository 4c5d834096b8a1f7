# What the database settings of the releases of a fleet come down to, so that they can be compared: a text, or the key
# of a secret.
# needs: fleet
package policies["genesys-tenant"].lib

import data.policies.lib

# fleet_setting returns what a setting of a release comes down to: a text, where it is written down or where a given
# manifest tells it, else {namespace, secret, key}. It is undefined where that cannot be seen.
fleet_setting(i, path) := plain_text(text) if {
	text := value_of(i, path)
	is_string(text)
	text != ""
	not startswith(text, "/")
} else := plain_text(text) if {
	texts := object.keys(object.get(_given_texts, fleet_secret(i, path), {}))
	count(texts) == 1
	some text in texts
} else := fleet_secret(i, path)

# fleet_secret returns the secret behind a setting that is a file: {namespace, secret, key}. Where the values show no
# mount over it, the documented path tells it.
fleet_secret(i, path) := object.union({"namespace": fleet[i].namespace}, found[0]) if {
	file := clean_path(value_of(i, path))
	startswith(file, "/")
	found := [use |
		some mount in _database_items(i, "mounts", "volumeMounts")
		key := below(object.union(mount, {"at": clean_path(mount.mountPath), "item": mount}), file)
		some volume in _database_items(i, "volumes", "volumes")
		volume.name == mount.name
		use := {"secret": volume.secret.secretName, "key": key}
	]
} else := {"namespace": fleet[i].namespace, "secret": name, "key": documented_secrets[name].key} if {
	name := documented_files[clean_path(value_of(i, path))]
}

_database_items(i, word, entry) := array.concat(
	_items(lib.get(input.releases[i].expanded, ["tenant", "secrets", "pgdb", word], [])),
	_items(lib.get(input.releases[i].expanded, [entry], [])),
)

_items(list) := [item | some item in list; is_object(item)] if is_array(list)

_items(list) := [] if not is_array(list)

# What given secrets hold in the clear: texts by {namespace, secret, key}.
_given_texts := object.union_n([{{"namespace": namespace, "secret": manifest.metadata.name, "key": key}: {text: true}} |
	some manifest in input.manifests
	manifest.kind == "Secret"
	namespace := lib.get(manifest, ["metadata", "namespace"], "")
	some field in ["data", "stringData"]
	some key, value in manifest[field]
	text := _clear_text(field, value)
])
