# Files that settings name, and why a container does not find one.
package policies["genesys-tenant"].lib

import data.policies.lib

# lost_files holds, for each backend whose file some container does not find:
#   containers  those that do not find it, main before init
#   cause       what is wrong for the first of them, as the end of a sentence about the path
#   do          what to write
#   about       mount, or key where only the last part of the path is wrong
#   right       the right path, where there is no doubt
#   severity    of the finding
#   related     places that explain it
#   at          where the mistake is, when that is not the setting itself
#   spares      paths of the volumes and mounts that it already speaks of
lost_files := {id: object.union(_problem, why) |
	some id, backend in backends
	backend.file
	not startswith(backend.file, "/vault/") # an injected agent writes these without any mount
	_judged(backend)
	containers := [container |
		some container in ["main", "init"]
		backend.needs[container]
		not _found(container, backend.file)
	]
	why := object.union({"containers": containers}, _why_lost(containers[0], id, backend))
}

# What another values file may say is not judged: while the values are not whole, something of the backend's volumes or
# mounts has to be here.
_judged(_) if input.whole

_judged(backend) if {
	some list in array.concat(volume_lists, mount_lists)
	list.section in {backend.section, ["tenant", "secrets", "redis"]}
	list.section[2] == backend.section[2]
}

_judged(backend) if {
	count(backend.section) == 0
	some list in mount_lists
	count(list.section) == 0
}

_judged(backend) if count(all_mounts_over(backend.file)) > 0

_problem := {"about": "mount", "severity": "error", "related": [], "spares": []}

# spared are the paths of volumes and mounts that another finding already speaks of.
spared contains path if {
	some problem in lost_files
	some path in problem.spares
}

# mounts_over are the mounts that hold, or should hold, a file.
mounts_over(container, file) := [mount |
	some mount in all_mounts_over(file)
	container in mount.containers
]

# A mount with subPath is one file, and any other the folder of many.
all_mounts_over(file) := array.concat(
	[mount |
		some end in indexof_n(file, "/")
		some mount in mounts_at[substring(file, 0, end)]
		not mount.item.subPath
	],
	[mount | some mount in mounts_at[file]; mount.item.subPath],
)

_found(container, file) if {
	some mount in mounts_over(container, file)
	_in_volume(mount.name, below(mount, file))
}

_found(container, file) if {
	container in mounts_unknown
	count(mounts_over(container, file)) == 0
}

# _in_volume says that a file may be in the volume of that name.
_in_volume(name, file) if {
	some volume in volumes_named[name]
	_provides(volume, file)
}

_in_volume(name, _) if {
	not volume_names[name]
	volumes_unknown
}

_in_volume(name, _) if not lib.known(name)

_provides(volume, _) if volume.source == "open"

_provides(volume, _) if volume.item.secret.optional == true

_provides(volume, file) if {
	volume.source == "secret"
	some item in volume.item.secret.items
	item.path == file
}

_provides(volume, file) if {
	volume.source == "secret"
	not volume.item.secret.items
	not contains(file, "/")
	_may_have_key(volume.secret, file)
}

# The keys of a secret whose manifest is given are judged there, those of others by what the documents say.
_may_have_key(name, _) if not documented_secrets[name]

_may_have_key(name, key) if documented_secrets[name].key == key

_may_have_key(name, _) if {
	some manifest in input.manifests
	manifest.kind in {"Secret", "SealedSecret", "ExternalSecret"}
	lib.get(manifest, ["spec", "target", "name"], manifest.metadata.name) == name
}

# _why_lost finds the most telling reason why a container does not find the file.
_why_lost(container, id, backend) := why if {
	mount := mounts_over(container, backend.file)[0]
	why := _why_not_in_volume(mount, below(mount, backend.file))
} else := {
	"cause": "which is the folder of a mount, not a file in it",
	"do": sprintf("write %q", [_join(mount.at, _key_at(mount))]),
	"right": _join(mount.at, _key_at(mount)),
	"related": [{"path": array.concat(mount.path, ["mountPath"]), "message": "the mount"}],
} if {
	mount := [mount | some mount in mounts; container in mount.containers; mount.at == backend.file][0]
} else := {
	"cause": sprintf("which is not below the mount at %q, although it begins alike", [mount.at]),
	"do": sprintf("write %q", [_join(mount.at, _base(backend.file))]),
	"related": [{"path": array.concat(mount.path, ["mountPath"]), "message": "the mount"}],
} if {
	mount := [mount | some mount in mounts; container in mount.containers; _alike(mount.at, backend.file)][0]
} else := _why_not_in_init(mounts_over("main", backend.file)[0]) if {
	count(mounts_over("main", backend.file)) > 0
} else := _why_not_mounted(container, volume, backend.file) if {
	volume := _volumes_of(id, backend)[0]
} else := {
	"cause": "but there is neither a volume nor a mount for it",
	"do": sprintf("add a volume of its secret and a mount with mountPath %q to %s", [
		_folder(backend.file),
		_lists_of(backend.section),
	]),
}

_alike(folder, file) if {
	folder != ""
	startswith(file, folder)
}

# _why_not_in_volume speaks of the volume of the mount that should hold the file.
_why_not_in_volume(mount, _) := {
	"cause": sprintf("but the volume %q that is mounted there is declared nowhere", [mount.name]),
	"do": _declare(mount.name, unused),
	"at": array.concat(mount.path, ["name"]),
	"spares": array.concat([mount.path], [volume.path | some volume in unused]),
} if {
	not volume_names[mount.name]
	unused := [volume |
		some volume in volumes
		volume.section == mount.section
		not mounted_names[volume.name]
	]
} else := {
	"cause": sprintf("but the volume %q that is mounted there %s", [mount.name, volume.lack]),
	"do": "write secret: {secretName: NAME} there",
	"at": volume.path,
} if {
	volume := _volume(mount.name)
	volume.source == "lost"
}

_why_not_in_volume(mount, key) := {
	"about": "key",
	"cause": sprintf("but the key of the secret %q is %q", [volume.secret, known.key]),
	"do": sprintf("write %q", [_join(mount.at, known.key)]),
	"right": _join(mount.at, known.key),
	"severity": _key_severity(known, volume.secret, key),
	"related": [{"path": array.concat(volume.path, ["secret", "secretName"]), "message": "the secret"}],
} if {
	volume := _volume(mount.name)
	volume.source == "secret"
	not volume.item.secret.items
	known := documented_secrets[volume.secret]
}

_why_not_in_volume(mount, _) := {
	"about": "key",
	"cause": sprintf("but the volume %q has no such file", [mount.name]),
	"do": "name a key of its secret, or the path of one of its items",
	"related": [{"path": volume.path, "message": "the volume"}],
} if {
	volume := _volume(mount.name)
	volume.source == "secret"
	not _documented_whole(volume)
}

_why_not_in_volume(mount, _) := {
	"cause": "but the volume log that is mounted there holds no secret",
	"do": "mount the volume of the secret",
	"related": [{"path": array.concat(mount.path, ["name"]), "message": "the mount"}],
} if {
	volume_names[mount.name]
	not volumes_named[mount.name]
}

_volume(name) := [volume | some volume in volumes_named[name]][0]

# _documented_whole says that the documents know all files of a volume.
_documented_whole(volume) if {
	documented_secrets[volume.secret]
	not volume.item.secret.items
}

# A sample is no promise, but the name of the secret in place of its key is a mistake for sure.
_key_severity(known, secret, key) := "warning" if {
	not known.guide
	key != secret
} else := "error"

_declare(_, [volume]) := sprintf("did you mean %q, which is not mounted?", [volume.name])

_declare(name, unused) := sprintf("declare the volume %q", [name]) if count(unused) != 1

# _why_not_in_init is for a file that the main container finds.
_why_not_in_init(mount) := {
	"cause": sprintf("but the init containers have the volume %q at %q", [mount.name, other.at]),
	"do": "use the same mountPath in volumeMounts and initVolumeMounts",
	"related": [{"path": array.concat(other.path, ["mountPath"]), "message": "the mount of the init containers"}],
} if {
	other := [other | some other in mounts; other.name == mount.name; "init" in other.containers][0]
	other.at != ""
} else := {
	"cause": "which only the main container mounts, although the init containers read it too",
	"do": sprintf("add {name: %s, readOnly: true, mountPath: %s} to initVolumeMounts", [mount.name, mount.at]),
	"related": [{"path": mount.path, "message": "the mount of the main container"}],
}

# _why_not_mounted is for a volume that the container does not mount where the file is looked for.
_why_not_mounted(container, volume, file) := {
	"cause": sprintf("but the mount of the volume %q has no mountPath", [mount.name]),
	"do": sprintf("add mountPath: %s to it", [_folder(file)]),
	"related": [{"path": mount.path, "message": "the mount"}],
	"spares": [mount.path],
} if {
	mount := [mount | some mount in mounts; mount.name == volume.name; container in mount.containers][0]
	mount.at == ""
} else := _why_elsewhere(mount, file) if {
	mount := [mount | some mount in mounts; mount.name == volume.name; container in mount.containers][0]
} else := {
	"cause": sprintf("but nothing mounts the volume %q there", [volume.name]),
	"do": sprintf("add {name: %s, readOnly: true, mountPath: %s} to %s", [
		volume.name,
		_folder(file),
		_mount_list(volume.section),
	]),
	"related": [{"path": volume.path, "message": "the volume"}],
	"spares": [volume.path],
}

# With subPath the mount is the file itself.
_file_at(mount, _) := mount.at if mount.item.subPath

_file_at(mount, key) := _join(mount.at, key) if not mount.item.subPath

# _volumes_of guesses the volume that a file should come from: the one of the documented secret, else one of the
# section that is named like the folder or the file.
_volumes_of(id, backend) := array.concat(
	[volume | some volume in volumes; documented_secrets[volume.secret].owner == id],
	[volume |
		some volume in volumes
		volume.section == backend.section
		volume.name in {_base(backend.file), _base(_folder(backend.file))}
	],
)

# _key_at is the key that the secret of a mount is known to have, or a word in its place.
_key_at(mount) := keys[0] if {
	keys := [documented_secrets[volume.secret].key | some volume in volumes_named[mount.name]]
	count(keys) > 0
} else := "KEY"

_lists_of(section) := "volumes and volumeMounts" if count(section) == 0

_lists_of(section) := sprintf("the volumes and mounts of %s", [lib.path_string(section)]) if count(section) > 0

_mount_list(section) := "volumeMounts" if count(section) == 0

_mount_list(section) := sprintf("%s.mounts", [lib.path_string(section)]) if count(section) > 0

_join(folder, key) := sprintf("%s/%s", [folder, key])

_base(path) := regex.replace(path, `^.*/`, "")

_folder(path) := regex.replace(path, `/[^/]*$`, "")

# _why_elsewhere is for a volume that is mounted in another folder. Where the path is a documented one, the mount is
# wrong.
_why_elsewhere(mount, file) := {
	"cause": sprintf("but the volume %q is mounted at %q", [mount.name, mount.at]),
	"do": sprintf("write mountPath: %s", [_folder(file)]),
	"at": array.concat(mount.path, ["mountPath"]),
} if {
	documented_files[file]
} else := {
	"cause": sprintf("but the volume %q is mounted at %q", [mount.name, mount.at]),
	"do": sprintf("write %q, or correct the mountPath", [_file_at(mount, _base(file))]),
	"related": [{"path": array.concat(mount.path, ["mountPath"]), "message": "the mount"}],
}
