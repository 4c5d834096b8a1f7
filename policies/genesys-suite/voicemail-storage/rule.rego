# METADATA
# title: Give Voicemail a volume for its files
# description: >-
#   With the storage interface FileSystem Voicemail keeps messages on a volume, and needs the name of its claim. The
#   claim has a storage class of its own.
# custom:
#   severity: error
#   remediation: Set volumes.pvcOne.claim, or choose another storage interface.
#   facts: [SUI-171]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Storage requirements}
package policies["genesys-suite"]["voicemail-storage"]

findings contains {"path": path, "message": message} if {
	input.values.context.envs.storageInterface == "FileSystem"
	path := ["volumes", "pvcOne", "claim"]
	object.get(input.values, path, "unset") in {"", null}
	message := concat(" ", [
		"storageInterface is FileSystem and the claim has no name, so that messages have no",
		"volume; name the claim",
	])
}

findings contains {"path": path, "severity": "warning", "message": message} if {
	input.values.context.envs.storageInterface == "FileSystem"
	path := ["volumes", "pvcOne", "storageClass"]
	class := object.get(input.values, path, "")
	class != ""
	some name, volume in input.values.volumes
	name != "pvcOne"
	volume.storageClass == class
	message := sprintf("storage class %s serves volume %s, too; give the messages a class of their own", [class, name])
}
