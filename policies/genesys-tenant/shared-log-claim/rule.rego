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
	"message": sprintf("claim %q is %s, but %s; give it ReadWriteMany, or use logPvc for a claim per pod", [
		name,
		lib.join_words(modes, "and"),
		users,
	]),
} if {
	tenant.objects_given
	some i, volume in input.expanded.tenant.logging.volumes.log
	name := volume.persistentVolumeClaim.claimName
	some index in tenant.objects("PersistentVolumeClaim", name)
	modes := input.manifests[index].spec.accessModes
	not "ReadWriteMany" in modes
	users := shared(name)
}

shared(claim) := sprintf("the %d pods of the release share it", [replicas]) if {
	replicas := to_number(input.values.tenant.deployment.replicaCount)
	replicas > 1
} else := sprintf("release %q uses it too", [other.release.name]) if {
	some other in input.releases
	other.release.name != input.release.name
	object.get(other.release, "namespace", "") == object.get(input.release, "namespace", "")
	object.get(other.release, "location", "") == object.get(input.release, "location", "")
	some volume in other.expanded.tenant.logging.volumes.log
	volume.persistentVolumeClaim.claimName == claim
}
