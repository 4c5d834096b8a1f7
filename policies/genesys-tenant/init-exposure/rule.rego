# METADATA
# title: Keep Redis and Kafka secrets out of the init containers
# description: >-
#   Only the main container has to reach Redis and Kafka. The init containers need the database and the Consul token; a
#   secret that they do not use should not be mounted into them.
# custom:
#   severity: info
#   remediation: Remove the item from initVolumeMounts and keep the one in volumeMounts or tenant.secrets.
#   facts: [TEN-102]
#   source: {document: Tenant Service Private Edition Guide, section: Extended parameters}
package policies["genesys-tenant"]["init-exposure"]

import data.policies["genesys-tenant"].lib as tenant

findings contains {
	"path": mount.path,
	"related": [{"path": volume.path, "message": "the secret"}],
	"message": sprintf("the init containers do not need the %s secret in %q; remove this item", [name, mount.name]),
} if {
	some mount in tenant.mounts
	mount.containers == ["init"]
	some volume in tenant.volumes_named[mount.name]
	name := owner(volume)
}

owner(volume) := names[volume.section[2]]

owner(volume) := names[split(tenant.documented_secrets[volume.secret].owner, ".")[2]] if count(volume.section) == 0

names := {"redis": "Redis", "kafka": "Kafka"}
