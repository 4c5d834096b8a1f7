# METADATA
# title: "Back up what can be restored, while nothing runs"
# description: >-
#   The backup comes after running batch workflows have finished and the platform is down, and before the upgrade.
#   With Azure Database for PostgreSQL Flexible Server the database has a backup of its own; with Derby the database
#   is in the file share.
# custom:
#   severity: error
#   remediation: >-
#     Plan wait-running-batch-workflows, scale-platform-to-zero, backup-database for PostgreSQL, backup-file-system,
#     then helm-upgrade.
#   facts: [UEP-041, UEP-044, UEP-045]
#   needs: context
#   context: [plan.steps, plan.database]
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Backup and Database Upgrade}
package policies["usage-engine"]["backup-steps"]

import data.policies["usage-engine"].lib as usage

findings contains object.union(usage.step_place(step), {"facts": ["UEP-041"], "message": message}) if {
	some step in planned
	not down_before(step)
	message := sprintf("%s has no scale-platform-to-zero before it; the backup may be corrupt", [step])
}

findings contains object.union(usage.step_place(step), {"facts": ["UEP-044"], "message": message}) if {
	some step in planned
	some [early, late] in [["helm-upgrade", step], [step, "wait-running-batch-workflows"]]
	usage.at(early) < usage.at(late)
	message := sprintf("%s comes before %s; back up after the batch workflows and before the upgrade", [early, late])
}

findings contains object.union(usage.step_place("helm-upgrade"), {"facts": ["UEP-044"], "message": message}) if {
	"helm-upgrade" in usage.steps
	count(planned) == 0
	message := "upgrade is planned without any backup to go back to; plan backup-file-system before it"
}

findings contains object.union(usage.step_place("helm-upgrade"), {"facts": ["UEP-045"], "message": message}) if {
	"helm-upgrade" in usage.steps
	step := needed[input.context.plan.database]
	not step in planned
	message := sprintf("platform database is %s, so %s has to be planned before the upgrade", [
		input.context.plan.database,
		step,
	])
}

findings contains {
	"context": true, "path": ["plan", "database"], "severity": "warning", "facts": ["UEP-045"],
	"message": "guide backs up PostgreSQL Flexible Server and Derby only; follow the vendor of this database",
} if {
	input.context.plan.database == "other"
}

needed := {"postgresql-flexible-server": "backup-database", "derby": "backup-file-system"}

planned := [step | some step in usage.steps; step in usage.backup_steps]

down_before(step) if usage.at("scale-platform-to-zero") < usage.at(step)
