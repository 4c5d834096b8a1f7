# METADATA
# title: "Restore first, then roll back"
# description: >-
#   A rollback restores the database, then the file share, then the helm release. In another order the old version
#   starts on migrated data. The restored PostgreSQL server is a new instance that Terraform does not know: it has to
#   be deleted before the cluster is.
# custom:
#   severity: error
#   remediation: >-
#     Plan restore-database, restore-file-system, helm-rollback in this order; only with Derby there is no database to
#     restore.
#   facts: [UEP-059, UEP-060]
#   needs: context
#   context: [plan.rollbackSteps]
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Rollback}
package policies["usage-engine"]["rollback-steps"]

findings contains {"context": true, "path": ["plan", "rollbackSteps", i], "facts": ["UEP-059"], "message": message} if {
	some i, step in rollback
	later := [other | some j, other in rollback; i < j; rank[step] > rank[other]]
	count(later) > 0
	message := sprintf("%s comes before %s, but the old version must not start on the new data; restore first", [
		step,
		concat(" and ", later),
	])
}

findings contains {"context": true, "path": ["plan", "rollbackSteps"], "facts": ["UEP-059"], "message": message} if {
	"helm-rollback" in rollback
	some step in ["restore-database", "restore-file-system"]
	not step in rollback
	not without_database(step)
	message := sprintf("rollback is planned without %s; add it before helm-rollback", [step])
}

findings contains {"context": true, "path": path, "facts": ["UEP-060"], "severity": "warning", "message": message} if {
	"restore-database" in rollback
	input.context.plan.deleteRestoredDatabaseBeforeDestroy == false
	path := ["plan", "deleteRestoredDatabaseBeforeDestroy"]
	message := "restored database is a new server outside Terraform; delete it before the cluster is destroyed"
}

rollback := input.context.plan.rollbackSteps

rank := {"restore-database": 0, "restore-file-system": 1, "helm-rollback": 2}

# A plan that does not tell its database may be one with Derby.
without_database("restore-database") if not input.context.plan.database == "postgresql-flexible-server"
