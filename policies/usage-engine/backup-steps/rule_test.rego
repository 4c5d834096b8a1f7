package policies["usage-engine"]["backup-steps_test"]

import data.policies["usage-engine"]["backup-steps"] as rule

found(plan) := result if {
	result := {finding.facts[0] | some finding in rule.findings} with input as {"context": {"plan": plan}}
}

test_steps if {
	found({"steps": ["scale-platform-to-zero", "backup-file-system", "helm-upgrade"]}) == set()
	found({"steps": ["backup-file-system", "scale-platform-to-zero", "helm-upgrade"]}) == {"UEP-041"}
	found({"steps": ["helm-upgrade"]}) == {"UEP-044"}
	found({"steps": ["scale-platform-to-zero", "helm-upgrade", "backup-file-system"]}) == {"UEP-044"}
	found({"steps": ["extract-values"]}) == set()
}

test_databases if {
	steps := ["scale-platform-to-zero", "backup-file-system", "helm-upgrade"]
	found({"database": "derby", "steps": steps}) == set()
	found({"database": "postgresql-flexible-server", "steps": steps}) == {"UEP-045"}
	found({"database": "other", "steps": steps}) == {"UEP-045"}
}
