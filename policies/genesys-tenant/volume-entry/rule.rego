# METADATA
# title: Give every volume a name and every mount a path
# description: >-
#   The name of a volume is a DNS label: lower-case letters, digits and hyphens, at most 63. A mount has the name of a
#   volume and an absolute mountPath without a colon. With anything else the API server refuses the pod.
# custom:
#   severity: error
#   remediation: "Write items such as {name: kafka-secrets, readOnly: true, mountPath: /opt/genesys/kafka-secrets}."
#   facts: [TEN-104]
#   source: {document: Tenant Service Private Edition Guide, section: Extended parameters}
package policies["genesys-tenant"]["volume-entry"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {"path": array.concat(volume.path, ["name"]), "message": message} if {
	some volume in tenant.volumes_named[""]
	message := "this volume has no name; add name: and the name that mounts refer to"
}

findings contains {"path": array.concat(mount.path, ["name"]), "message": message} if {
	some mount in tenant.mounts
	mount.name == ""
	message := "this mount has no name; add name: and the name of its volume"
}

findings contains {"path": array.concat(item.path, ["name"]), "message": message} if {
	some item in array.concat(tenant.volumes, undeclared)
	item.name != ""
	lib.known(item.name)
	not regex.match(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`, item.name)
	message := sprintf("volume name %q is not valid; use lower-case letters, digits and hyphens, at most 63", [item.name])
}

findings contains {"path": array.concat(mount.path, ["mountPath"]), "message": message} if {
	some mount in tenant.mounts
	not mount.path in tenant.spared
	message := problem(mount)
}

# A wrong name that volume and mount share is reported once.
undeclared := [mount | some mount in tenant.mounts; not tenant.volume_names[mount.name]]

problem(mount) := sprintf(
	"mount of %q has no mountPath; add mountPath: and the folder where the volume appears",
	[mount.name],
) if {
	mount.at == ""
	object.get(mount.item, "mountPath", "") == ""
}

problem(mount) := sprintf("mountPath %q is not absolute; write %q", [mount.at, concat("/", ["", mount.at])]) if {
	mount.at != ""
	not startswith(mount.at, "/")
	lib.known(mount.at)
}

problem(mount) := sprintf("mountPath %q has a colon, which Kubernetes refuses; choose another folder", [mount.at]) if {
	startswith(mount.at, "/")
	contains(mount.at, ":")
	lib.known(mount.at)
}
