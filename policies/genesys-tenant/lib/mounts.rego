# The volumes of the pod, where its containers mount them, and which files are there.
package policies["genesys-tenant"].lib

import data.policies.lib

# volume_lists and mount_lists are the lists of the values: {path, section, list}. The section is the mapping that a
# list belongs to; entries at the root and those below tenant have the section [].
volume_lists := array.concat(
	_section_lists("volumes"),
	array.concat(_logging_lists("volumes"), _entries(["volumes", "initVolumes"])),
)

mount_lists := array.concat(
	_section_lists("mounts"),
	array.concat(_logging_lists("mounts"), _entries(["volumeMounts", "initVolumeMounts"])),
)

# entry_lists are those of them that serve all purposes, at the root or below tenant.
entry_lists := _entries(["volumes", "volumeMounts", "initVolumes", "initVolumeMounts"])

# volumes are the volumes of the pod: {name, path, section, item, source, secret}. The source is secret, open where any
# file may be in it, lost where none can be, and a phrase says why in `lack`.
volumes := [volume |
	some entry in volume_lists
	is_array(entry.list)
	some i, item in entry.list
	is_object(item)
	volume := object.union(
		{
			"name": _text(object.get(item, "name", "")),
			"path": array.concat(entry.path, [i]),
			"section": entry.section,
			"item": item,
		},
		_volume_source(item),
	)
]

# mounts are the mounts of all containers: {name, at, path, section, item, containers}. `at` is the mountPath without
# superfluous slashes.
mounts := [mount |
	some entry in mount_lists
	is_array(entry.list)
	containers := _containers(entry)
	some i, item in entry.list
	is_object(item)
	mount := {
		"name": _text(object.get(item, "name", "")),
		"at": clean_path(_text(object.get(item, "mountPath", ""))),
		"path": array.concat(entry.path, [i]),
		"section": entry.section,
		"item": item,
		"containers": containers,
	}
]

# volumes_named and mounts_at find them by name and by path; the keys below are their paths in the values.
volumes_named := object.union_n([{volume.name: {volume.path: volume}} | some volume in volumes])

mounts_at := object.union_n([{mount.at: {mount.path: mount}} |
	some mount in mounts
	mount.item.mountPath != ""
])

# volume_names are the names that mounts may refer to. The volume log is there without being declared: by the chart's
# default while nothing overrides it, and from the claim template of logPvc.
volume_names := object.keys(volumes_named) | _log_volume

_log_volume := {"log"} if {
	not lib.present(input.expanded, ["tenant", "logging", "volumes", "log"])
} else := {"log"} if {
	lib.get(input.expanded, ["tenant", "logging", "volumes", "logPvc", "enabled"], "") == "true"
} else := set()

# mounted_names are the volumes that some container mounts.
mounted_names := {mount.name | some mount in mounts}

# volumes_unknown says that some volumes cannot be seen: a placeholder hides them, or a list is broken, which is
# reported by itself. mounts_unknown are the containers whose mounts cannot all be seen.
volumes_unknown if {
	some entry in volume_lists
	not is_array(entry.list)
}

volumes_unknown if {
	some volume in volumes
	not lib.known(volume.name)
}

mounts_unknown := {container |
	some entry in mount_lists
	not is_array(entry.list)
	some container in _containers(entry)
} | {container |
	some mount in mounts
	not lib.known(concat("", [mount.name, mount.at]))
	some container in mount.containers
}

# clean_path returns a path without double slashes and without one at its end.
clean_path(path) := path if {
	not contains(path, "//")
	not endswith(path, "/")
} else := trim_right(regex.replace(path, `/+`, "/"), "/")

# below returns the path of a file relative to a mount, or what the mount picks with subPath.
below(mount, file) := mount.item.subPath if {
	file == mount.at
} else := substring(file, count(mount.at) + 1, -1) if {
	startswith(file, mount.at)
	substring(file, count(mount.at), 1) == "/"
	mount.item.mountPath != ""
	not mount.item.subPath
}

_section_lists(word) := [{"path": path, "section": section, "list": list} |
	some section in _secret_sections
	path := array.concat(section, [word])
	list := object.get(input.expanded, path, null)
	list != null
]

_secret_sections := array.concat(
	[["tenant", "secrets", name] | some name, _ in input.expanded.tenant.secrets],
	[["tenant", "secrets", "redis", name] | some name, _ in input.expanded.tenant.secrets.redis],
)

_logging_lists(word) := [{"path": ["tenant", "logging", word, name], "section": ["tenant", "logging"], "list": list} |
	some name, list in input.expanded.tenant.logging[word]
	not name in {"logPvc", "volumes", "mounts"}
	list != null
]

_entries(words) := [{"path": path, "section": [], "list": list} |
	some parent in [[], ["tenant"]]
	some word in words
	path := array.concat(parent, [word])
	list := object.get(input.expanded, path, null)
	_list_or_text(list)
]

# Misplaced logging settings make mappings of these entries.
_list_or_text(list) if is_array(list)

_list_or_text(list) if is_string(list)

_containers(entry) := ["main", "init"] if {
	entry.section in {_pgdb_section, _consul_section}
} else := ["init"] if {
	entry.path[count(entry.path) - 1] == "initVolumeMounts"
} else := [sidecar] if {
	entry.section == ["tenant", "logging"]
	sidecar := _sidecars[entry.path[3]]
} else := ["main"]

# The mounts of the sidecars, by the stream that each forwards.
_sidecars := {
	"fbJsonLog": "json", "fluentBconfigmap": "json",
	"fbstdoutUrsLog": "urs", "fluentBconfigmapUrs": "urs",
	"fbstdoutSsLog": "ss", "fluentBconfigmapSs": "ss",
	"fbstdoutOcsLog": "ocs", "fluentBconfigmapOcs": "ocs",
	"fbstdoutCsLog": "cs", "fluentBconfigmapCs": "cs",
}

_volume_source(item) := {"source": "secret", "secret": item.secret.secretName} if {
	_text(item.secret.secretName) != ""
} else := {"source": "open"} if {
	some key in object.keys(item)
	not key in {"name", "secret", "secretName", "configMap", "emptyDir", "downwardAPI"}
	item[key] != null
} else := {"source": "lost", "lack": "shows a config map, not a secret"} if {
	item.configMap
} else := {"source": "lost", "lack": "names its secret in secret.name; the field is secret.secretName"} if {
	item.secret.name
} else := {"source": "lost", "lack": "has secretName beside secret; indent it below"} if {
	item.secretName
} else := {"source": "lost", "lack": "is an empty directory"} if {
	lib.present(item, ["emptyDir"])
} else := {"source": "lost", "lack": "has no secret.secretName"}
