# METADATA
# title: Use a storage class that can share the log claim
# description: >-
#   All tenant pods mount the claim of tenant-monitor, so its class has to provide ReadWriteMany. Disk classes cannot:
#   the claim stays pending or is attached to one node. The suite guide lists files-standard-redundant on AKS and
#   redundant-rwx on GKE for it and advises against the default class of the cluster.
# custom:
#   severity: warning
#   remediation: Set tenant.logging.volume.logStorageClass to a class of a file share.
#   facts: [TEN-146]
#   source: {document: Tenant Service Private Edition Guide, section: tenant-monitor}
package policies["genesys-tenant-monitor"]["log-class-mode"]

import data.policies.lib

path := ["tenant", "logging", "volume", "logStorageClass"]

volume := input.values.tenant.logging.volume if {
	input.values.tenant.logging.volume.enabled == "true"
	object.get(input.values.tenant.logging.volume, "createpvClaim", "true") != "false"
}

class := lib.get(volume, ["logStorageClass"], "")

findings contains {
	"path": path,
	"severity": "info",
	"message": sprintf(
		"shared log claim names no storage class, and the default class of a cluster is %s; set logStorageClass",
		["seldom ReadWriteMany"],
	),
} if {
	class == ""
	judged
	object.get(volume, "createSC", "") != "true" # storage-class-creation asks for the name then
}

findings contains {
	"path": path,
	"message": sprintf("storage class %q is ReadWriteOnce, but all tenant pods mount the log claim; write %s", [
		class,
		`"files-standard-redundant" on AKS, "redundant-rwx" on GKE`,
	]),
} if {
	class in {"disk-standard", "disk-premium", "standard-rwo", "premium-rwo"}
	count(blocks) == 0
}

findings contains {
	"path": path,
	"related": [{"manifest": index, "path": ["provisioner"], "message": "the provisioner of the class"}],
	"message": sprintf("storage class %q makes disks (%s), but all tenant pods mount the log claim; name a %s", [
		class,
		provisioner,
		"class of a file share",
	]),
} if {
	some index, provisioner in blocks
}

findings contains {
	"path": ["tenant", "logging", "volume", "Storageprovisioner"],
	"message": sprintf("provisioner %q makes disks, but all tenant pods mount the log claim; name one of a file share", [
		volume.Storageprovisioner,
	]),
} if {
	volume.createSC == "true"
	block_provisioners[volume.Storageprovisioner]
}

block_provisioners := {
	"disk.csi.azure.com", "kubernetes.io/azure-disk",
	"pd.csi.storage.gke.io", "kubernetes.io/gce-pd",
	"ebs.csi.aws.com", "kubernetes.io/aws-ebs",
}

# The provisioner of the given class where it makes disks, by the index of the manifest.
blocks[index] := manifest.provisioner if {
	some index, manifest in input.manifests
	manifest.kind == "StorageClass"
	manifest.metadata.name == class
	block_provisioners[manifest.provisioner]
}

# What another layer may set is missing only from values that are whole.
judged if input.whole

judged if lib.present(volume, ["logStorageClass"])
