# METADATA
# title: Do not stop a platform whose database is in its pod
# description: >-
#   With Derby the database is a file of the platform. The backup of the file share covers it only if the platform has
#   persistent storage; without it, scaling the platform to 0 deletes the only copy.
# custom:
#   severity: error
#   remediation: Enable persistent storage of the platform before you shut it down.
#   facts: [UEP-046]
#   needs: context
#   context: [plan.database]
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Backup and Database Upgrade (note)}
package policies["usage-engine"]["derby-persistence"]

findings contains {"context": true, "path": ["plan", "platformPersistence"], "message": message} if {
	input.context.plan.database == "derby"
	input.context.plan.platformPersistence == false
	message := sprintf("database is Derby and the platform has no persistent storage: %s", [loss])
}

findings contains {"manifest": i, "path": ["spec"], "message": message} if {
	input.context.plan.database == "derby"
	not input.context.plan.platformPersistence
	some i, object in input.manifests
	object.kind == "StatefulSet"
	object.metadata.name == "platform"
	not persistent(object)
	message := sprintf("database is Derby, and this StatefulSet has no persistent volume: %s", [loss])
}

loss := "scaling it to 0 deletes the database; enable persistence first"

persistent(object) if count(object.spec.volumeClaimTemplates) > 0

persistent(object) if {
	some volume in object.spec.template.spec.volumes
	volume.persistentVolumeClaim
}
