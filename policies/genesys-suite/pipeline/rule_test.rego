package policies["genesys-suite"].pipeline_test

import data.policies["genesys-suite"].pipeline as rule

count_for(context) := count(findings) if {
	findings := rule.findings with input as {
		"context": context, "releases": [{"release": {}, "packs": ["genesys-suite"], "context": {}}],
	}
}

whole := [
	"download", "push-to-internal-registry-or-quarantine", "security-scan", "promote-to-test", "upgrade-test",
	"automated-tests", "upgrade-production",
]

test_pipeline if {
	count_for({}) == 0
	count_for({"pipeline": {"steps": whole}}) == 0
	count_for({"pipeline": {"steps": ["download", "upgrade-production"]}}) == 2
	count_for({"pipeline": {"steps": ["upgrade-test", "promote-to-test"]}}) == 1
}

test_upgrade if {
	count_for({"upgradeSteps": ["backup", "helm-upgrade", "test", "roll-out"]}) == 0
	count_for({"upgradeSteps": ["modify-overrides", "helm-upgrade"]}) == 1
	count_for({"upgradeSteps": ["backup", "helm-upgrade", "roll-out"]}) == 1
}
