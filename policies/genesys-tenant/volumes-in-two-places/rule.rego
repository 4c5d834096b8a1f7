# METADATA
# title: Keep the volume entries at one level
# description: >-
#   The overrides have one entry each for volumes, volumeMounts, initVolumes and initVolumeMounts, with the items of all
#   purposes in it. The printed sample has them at the root; below tenant they are accepted too. With both, it depends
#   on the chart which one is read, and the items of the other are lost without a message.
# custom:
#   severity: warning
#   remediation: Put all items into the entry at the root.
#   facts: [TEN-103]
#   source: {document: Tenant Service Private Edition Guide, section: Extended parameters}
package policies["genesys-tenant"]["volumes-in-two-places"]

import data.policies["genesys-tenant"].lib as tenant

findings contains {
	"path": ["tenant", entry],
	"key": true,
	"holds": true,
	"related": [{"path": [entry], "key": true, "message": "the entry at the root"}],
	"message": sprintf("%s is given at the root and below tenant; put all items into the one at the root", [entry]),
} if {
	some list in tenant.entry_lists
	["tenant", entry] = list.path
	some other in tenant.entry_lists
	other.path == [entry]
}
