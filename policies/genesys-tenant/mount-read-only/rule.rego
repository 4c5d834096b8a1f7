# METADATA
# title: Mount secrets read-only and logs writable
# description: >-
#   All secret mounts of the sample are read-only but the one of Kafka, where the line was lost. The mounts that the
#   service writes its logs to must not be read-only.
# custom:
#   severity: info
#   remediation: "Add readOnly: true to mounts of secrets, and remove it from mounts of logs."
#   facts: [TEN-166]
#   source: {document: Tenant Service Private Edition Guide, section: Single service at one location}
package policies["genesys-tenant"]["mount-read-only"]

import data.policies["genesys-tenant"].lib as tenant

findings contains {
	"path": array.concat(mount.path, ["readOnly"]),
	"message": sprintf("the secret in %q is mounted writable; add readOnly: true", [mount.name]),
	"fix": {"description": "mount it read-only", "path": array.concat(mount.path, ["readOnly"]), "value": true},
} if {
	some mount in tenant.mounts
	object.get(mount.item, "readOnly", false) == false
	of_secret(mount)
}

findings contains {
	"path": array.concat(mount.path, ["readOnly"]),
	"severity": "error",
	"message": sprintf("logs cannot be written to %q, which is mounted read-only; remove readOnly", [mount.at]),
	"fix": {"description": "make it writable", "path": array.concat(mount.path, ["readOnly"]), "value": false},
} if {
	some mount in tenant.mounts
	mount.item.readOnly == true
	mount.section == ["tenant", "logging"]
	mount.containers == ["main"]
}

of_secret(mount) if mount.section[1] == "secrets"

of_secret(mount) if {
	mount.section == []
	some volume in tenant.volumes_named[mount.name]
	volume.source == "secret"
}
