# METADATA
# title: Match every mount with a volume
# description: >-
#   A mount refers to a volume of the pod by its name; with a name that is declared nowhere the API server refuses the
#   pod. A volume that nothing mounts does no harm, but it is a sign that a mount was forgotten or misspelt. What
#   another values file may declare is not judged while the values are not whole.
# custom:
#   severity: error
#   remediation: Declare the volume, correct the name of the mount, or remove what is left over.
#   facts: [TEN-099, TEN-104]
#   source: {document: Tenant Service Private Edition Guide, section: Extended parameters}
package policies["genesys-tenant"]["unmatched-mount"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {
	"path": array.concat(mount.path, ["name"]),
	"facts": facts(mount),
	"related": [{"path": array.concat(volume.path, ["name"]), "message": "nothing mounts it"} |
		some volume in idle(mount.section)
	],
	"message": sprintf("mount refers to the volume %q, which is declared nowhere; %s", [mount.name, hint(mount)]),
} if {
	not tenant.volumes_unknown
	some mount in tenant.mounts
	mount.name != ""
	not tenant.volume_names[mount.name]
	not mount.path in tenant.spared
	not nameless[mount.section]
	judged(mount.section, tenant.volumes)
}

findings contains {
	"path": array.concat(volume.path, ["name"]),
	"facts": ["TEN-104"],
	"severity": "warning",
	"message": sprintf("volume %q is declared, but nothing mounts it; mount it or remove it", [volume.name]),
} if {
	count(tenant.mounts_unknown) == 0
	some volume in tenant.volumes
	volume.name != ""
	not tenant.mounted_names[volume.name]
	not volume.path in tenant.spared
	judged(volume.section, tenant.mounts)
	mountable(volume)
	not wanted[volume.path]
}

facts(mount) := ["TEN-099", "TEN-104"] if mount.containers == ["init"]

facts(mount) := ["TEN-104"] if mount.containers != ["init"]

# A volume without a name is reported by itself.
nameless := {volume.section |
	some volume in tenant.volumes
	volume.name == ""
}

# wanted are the volumes that a misspelt mount seems to mean.
wanted := {volume.path |
	some mount in tenant.mounts
	not tenant.volume_names[mount.name]
	some volume in idle(mount.section)
}

judged(_, _) if input.whole

judged(section, others) if {
	some other in others
	other.section == section
}

# Mounts of log volumes may be defaults of the chart.
mountable(volume) if volume.section != ["tenant", "logging"]

mountable(volume) if {
	volume.section == ["tenant", "logging"]
	lib.present(input.expanded, ["tenant", "logging", "mounts", volume.path[3]])
}

hint(mount) := sprintf("did you mean %q?", [volume.name]) if {
	[volume] := idle(mount.section)
} else := "declare it or correct the name"

# idle is the volume of a section that nothing mounts, if there is only one.
idle(section) := volumes if {
	volumes := [volume |
		some volume in tenant.volumes
		volume.section == section
		not tenant.mounted_names[volume.name]
	]
	count(volumes) == 1
} else := []
