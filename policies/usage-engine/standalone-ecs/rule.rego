# METADATA
# title: Know what standalone ECs write during the backup
# description: >-
#   Standalone ECs that keep running write to the same file storage. What they write after the backup has started is
#   not in it, and is lost with a rollback.
# custom:
#   severity: info
#   remediation: Stop them for the backup, or accept the loss.
#   facts: [UEP-047]
#   needs: context
#   context: [plan.standaloneEcsRunning]
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Backup of the file system (note)}
package policies["usage-engine"]["standalone-ecs"]

findings contains {"context": true, "path": ["plan", "standaloneEcsRunning"], "message": message} if {
	input.context.plan.standaloneEcsRunning == true
	message := "standalone ECs run during the backup; what they write after its start is not in it"
}
