# METADATA
# title: Do not attach one disk to several pods
# description: >-
#   A volume of a disk class has ReadWriteOnce access and attaches to a single node. The second pod of a Deployment
#   that mounts its claim stays pending on another node.
# custom:
#   severity: error
#   needs: manifests
#   remediation: Use a shared class with ReadWriteMany, one replica, or a StatefulSet.
#   facts: [SUI-099]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: File and disk storage for AKS}
package policies["genesys-suite"]["shared-disk"]

import data.policies["genesys-suite"].lib as suite

findings contains finding if {
	some i, item in suite.objects
	item.kind == "Deployment"
	item.spec.replicas > 1
	some v, volume in item.spec.template.spec.volumes
	name := volume.persistentVolumeClaim.claimName
	some j, claim in suite.objects
	claim.kind == "PersistentVolumeClaim"
	claim.metadata.name == name
	object.get(claim, ["metadata", "namespace"], "") == object.get(item, ["metadata", "namespace"], "")
	every mode in claim.spec.accessModes { mode in {"ReadWriteOnce", "ReadWriteOncePod"} }
	finding := {
		"manifest": i, "path": ["spec", "template", "spec", "volumes", v, "persistentVolumeClaim", "claimName"],
		"message": sprintf("%d pods cannot attach claim %q, which is ReadWriteOnce; use ReadWriteMany or one replica", [
			item.spec.replicas, name,
		]),
		"related": [{"manifest": j, "path": ["spec", "accessModes"], "message": "the access of the claim"}],
	}
}
