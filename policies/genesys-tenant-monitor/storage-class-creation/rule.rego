# METADATA
# title: Tell what the storage class to be created consists of
# description: >-
#   With createSC "true" tenant-monitor makes a storage class out of logStorageClass, Storageprovisioner and parameters.
#   A class without a name, or with the placeholder of the sample as its provisioner, makes no volumes. With createSC
#   "false" provisioner and parameters have no effect.
# custom:
#   severity: error
#   remediation: >-
#     Set logStorageClass to the name of the class and Storageprovisioner to its provisioner, such as
#     file.csi.azure.com.
#   facts: [TEN-081, TEN-142, TEN-147, TEN-148]
#   source: {document: Tenant Service Private Edition Guide, section: tenant-monitor}
package policies["genesys-tenant-monitor"]["storage-class-creation"]

import data.policies.lib

path := ["tenant", "logging", "volume"]

volume := input.values.tenant.logging.volume

findings contains {
	"path": array.concat(path, ["logStorageClass"]),
	"facts": ["TEN-081", "TEN-142"],
	"related": [{"path": array.concat(path, ["createSC"]), "message": "it is to be created"}],
	"message": "storage class to be created has no name; set logStorageClass, and the same name for the tenants",
} if {
	volume.createSC == "true"
	lib.get(volume, ["logStorageClass"], "") == ""
}

# Another spelling of the key is reported by itself.
findings contains {
	"path": array.concat(path, ["Storageprovisioner"]),
	"facts": ["TEN-081", "TEN-142", "TEN-147"],
	"related": [{"path": array.concat(path, ["createSC"]), "message": "the class is to be created"}],
	"message": sprintf("%s; write one such as %q", [problem, "file.csi.azure.com"]),
} if {
	volume.createSC == "true"
	count([key | some key, _ in volume; lower(key) == "storageprovisioner"; key != "Storageprovisioner"]) == 0
	problem := wrong(lib.get(volume, ["Storageprovisioner"], ""))
}

findings contains {
	"path": array.concat(path, ["Storageprovisioner"]),
	"severity": "info",
	"facts": ["TEN-147"],
	"message": sprintf("%q is the placeholder of the sample; remove it while createSC is \"false\"", [
		volume.Storageprovisioner,
	]),
} if {
	unused
	regex.match(`\bTBD\b`, volume.Storageprovisioner)
}

findings contains {
	"path": array.concat(path, ["parameters"]),
	"key": true,
	"severity": "info",
	"facts": ["TEN-148"],
	"related": [{"path": array.concat(path, ["createSC"]), "message": "no class is created"}],
	"message": "parameters have no effect while no storage class is created; remove them, or write createSC: \"true\"",
} if {
	unused
	is_object(volume.parameters)
	count(volume.parameters) > 0
}

wrong("") := "storage class to be created has no provisioner"

wrong(name) := sprintf("%q is no provisioner", [name]) if {
	name != ""
	not regex.match(`^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(/[A-Za-z0-9._-]+)?$`, name)
}

unused if volume.createSC == "false"

unused if {
	input.whole
	object.get(volume, "createSC", "absent") == "absent"
}
