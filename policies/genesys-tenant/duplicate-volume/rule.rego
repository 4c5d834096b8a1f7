# METADATA
# title: Use each volume name and each mount path once
# description: >-
#   All volumes of the values end up in one pod, and all mounts of a container in one list, whichever section they come
#   from. The API server refuses a pod that has a volume name twice, even with the same content, or a container
#   that has two mounts at one path. The sidecars are containers of their own.
# custom:
#   severity: error
#   remediation: Keep the volume in one section only, or give one of the two another name or mountPath.
#   facts: [TEN-104]
#   source: {document: Tenant Service Private Edition Guide, section: Extended parameters}
package policies["genesys-tenant"]["duplicate-volume"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

# The same text is the same name, whatever its placeholders stand for.
findings contains {
	"path": array.concat(second, ["name"]),
	"holds": true,
	"related": [{"path": array.concat(first, ["name"]), "message": "declared here too"}],
	"message": sprintf(
		"volume %q is declared at %s already, and Kubernetes refuses a name twice; remove or rename one of the two",
		[name, lib.path_string(first)],
	),
} if {
	some [name, first, second] in twice(names)
}

findings contains {
	"path": array.concat(second, ["mountPath"]),
	"holds": true,
	"related": [{"path": array.concat(first, ["mountPath"]), "message": "mounted here too"}],
	"message": sprintf("%q is the mountPath of %s already, and Kubernetes refuses a path twice; give each mount its own", [
		at,
		lib.path_string(first),
	]),
} if {
	some [[_, at], first, second] in twice(places)
}

names := sort([[volume.name, volume.path] | some volume in tenant.volumes; volume.name != ""])

# Whether mounts of a section reach the init containers is not certain enough to find them twice there.
places := sort([[[mount.containers[0], mount.at], mount.path] | some mount in tenant.mounts; mount.at != ""])

# twice returns the neighbours of a sorted list of [key, path] that have the same key: [key, path, path].
twice(list) := [[key, list[i - 1][1], path] |
	some i, [key, path] in list
	list[i - 1][0] == key
]
