package policies["usage-engine"]["rollback-steps_test"]

import data.policies["usage-engine"]["rollback-steps"] as rule

found(plan) := result if {
	result := [finding.facts[0] | some finding in rule.findings] with input as {"context": {"plan": plan}}
}

test_order if {
	found({"rollbackSteps": ["restore-database", "restore-file-system", "helm-rollback"]}) == []
	count(found({"rollbackSteps": ["helm-rollback", "restore-database", "restore-file-system"]})) == 1
	found({"database": "derby", "rollbackSteps": ["restore-file-system", "helm-rollback"]}) == []
	postgres := {"database": "postgresql-flexible-server"}
	found(object.union(postgres, {"rollbackSteps": ["restore-file-system", "helm-rollback"]})) == ["UEP-059"]
}

test_instance if {
	steps := ["restore-database", "restore-file-system", "helm-rollback"]
	found({"rollbackSteps": steps, "deleteRestoredDatabaseBeforeDestroy": false}) == ["UEP-060"]
}
