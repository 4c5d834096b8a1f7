# METADATA
# title: Scan and test before production, and back up before an upgrade
# description: >-
#   A pipeline downloads, pushes to a registry of your own, scans, upgrades and tests the test system, and only then
#   upgrades production. An upgrade begins with a backup and ends with a test before it is rolled out.
# custom:
#   severity: warning
#   needs: fleet, context
#   context: [pipeline, upgradeSteps]
#   remediation: Put the steps into the order of the guide.
#   facts: [SUI-153, SUI-163]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Setting up a CD pipeline}
package policies["genesys-suite"].pipeline

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains finding if {
	count(suite.members) > 0
	some [severity, facts, message] in problems
	finding := {
		"release": 0, "path": [], "holds": true,
		"severity": severity, "facts": facts, "message": message,
	}
}

problems contains ["error", ["SUI-153"], message] if {
	"upgrade-production" in steps
	not "push-to-internal-registry-or-quarantine" in steps
	message := "the pipeline pushes nothing to a registry of your own; add push-to-internal-registry-or-quarantine"
}

problems contains ["warning", ["SUI-153"], message] if {
	"upgrade-production" in steps
	missing := [step |
		some step in ["security-scan", "automated-tests"]
		not before(steps, step, "upgrade-production")
	]
	count(missing) > 0
	message := sprintf(
		"the pipeline upgrades production without %s before it; add the step",
		[lib.join_words(missing, "and")],
	)
}

problems contains ["warning", ["SUI-153"], message] if {
	[late, early] := disorder(steps, [row.step | some row in tables.cd_pipeline])
	message := sprintf("pipeline step %s comes before %s; swap them", [late, early])
}

problems contains [severity, ["SUI-163"], message] if {
	"helm-upgrade" in upgrade
	not before(upgrade, "backup", "helm-upgrade")
	severity := backup_severity
	message := "the upgrade has no backup before helm-upgrade; add the step backup"
}

problems contains ["warning", ["SUI-163"], message] if {
	"roll-out" in upgrade
	not before(upgrade, "test", "roll-out")
	message := "the upgrade is rolled out without a test before; add the step test"
}

problems contains ["warning", ["SUI-163"], message] if {
	[late, early] := disorder(upgrade, [row.step | some row in tables.upgrade_process])
	message := sprintf("upgrade step %s comes before %s; swap them", [late, early])
}

steps := input.context.pipeline.steps

upgrade := input.context.upgradeSteps

before(list, first, second) if {
	some i, one in list
	one == first
	some j, two in list
	two == second
	i < j
}

# disorder is the first pair of neighbours, of those that the guide knows, in the wrong order.
disorder(list, order) := pairs[0] if {
	known := [step | some step in list; step in order]
	pairs := [[known[i], known[i + 1]] |
		some i, _ in known
		position(order, known[i]) > position(order, known[i + 1])
	]
	count(pairs) > 0
}

position(order, step) := min([i | some i, other in order; other == step])

backup_severity := "error" if {
	suite.production
} else := "warning"
