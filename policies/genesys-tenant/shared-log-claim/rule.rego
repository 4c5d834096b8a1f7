# METADATA
# title: Share a log claim only if its access mode is ReadWriteMany
# description: >-
#   A claim that volumes.log names is one claim for all pods of the tenant. Without ReadWriteMany it can be attached to
#   one node only, and the pods on other nodes hang in ContainerCreating. logPvc of this chart makes one claim per pod,
#   tenant-monitor makes one that can be shared.
# custom:
#   severity: error
#   needs: manifests
#   remediation: Give the claim the access mode ReadWriteMany, or use logPvc instead.
#   facts: [TEN-180]
#   source: {document: Tenant Service Private Edition Guide, section: Samples and references}
package policies["genesys-tenant"]["shared-log-claim"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {
	"path": ["tenant", "logging", "volumes", "log", i, "persistentVolumeClaim", "claimName"],
	"related": [{"manifest": index, "path": ["spec", "accessModes"], "message": "the access modes of the claim"}],
	"message": sprintf("claim %q is %s, but %d pods share it; give it ReadWriteMany, or use logPvc for a claim per pod", [
		name,
		lib.join_words(modes, "and"),
		replicas,
	]),
} if {
	tenant.objects_given
	some i, volume in input.expanded.tenant.logging.volumes.log
	name := volume.persistentVolumeClaim.claimName
	some index in tenant.objects("PersistentVolumeClaim", name)
	modes := input.manifests[index].spec.accessModes
	not "ReadWriteMany" in modes
	replicas := to_number(input.values.tenant.deployment.replicaCount)
	replicas > 1
}
