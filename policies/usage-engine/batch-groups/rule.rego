# METADATA
# title: "Stop batch workflows before, start them after"
# description: >-
#   Batch workflow groups are disabled, and running batch workflows finish, before the platform is shut down. After
#   the upgrade the ECDs are checked and the groups enabled again; forgotten, batch processing stays off.
# custom:
#   severity: warning
#   remediation: >-
#     Plan disable-batch-workflow-groups and wait-running-batch-workflows before scale-platform-to-zero, verify-ecds
#     and enable-batch-workflow-groups after helm-upgrade.
#   facts: [UEP-035, UEP-056]
#   needs: context
#   context: [plan.steps]
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Before the upgrade; After Upgrade}
package policies["usage-engine"]["batch-groups"]

import data.policies["usage-engine"].lib as usage

findings contains object.union(usage.step_place(late), {"facts": ["UEP-035"], "message": message}) if {
	some [early, late] in [
		["scale-platform-to-zero", "disable-batch-workflow-groups"],
		["scale-platform-to-zero", "wait-running-batch-workflows"],
		["wait-running-batch-workflows", "disable-batch-workflow-groups"],
	]
	usage.at(early) < usage.at(late)
	message := sprintf("%s comes after %s; put it before", [late, early])
}

findings contains object.union(usage.step_place(down), {"facts": ["UEP-035"], "message": message}) if {
	down := "scale-platform-to-zero"
	usage.at("disable-batch-workflow-groups") < usage.at("scale-platform-to-zero")
	not "wait-running-batch-workflows" in usage.steps
	message := "running batch workflows are not awaited before; plan wait-running-batch-workflows"
}

findings contains object.union(usage.step_place("helm-upgrade"), {"facts": ["UEP-056"], "message": message}) if {
	"helm-upgrade" in usage.steps
	some step in wanted
	not after_upgrade(step)
	message := sprintf("%s is not planned after helm-upgrade; add it", [step])
}

wanted contains "verify-ecds"

wanted contains "enable-batch-workflow-groups" if "disable-batch-workflow-groups" in usage.steps

after_upgrade(step) if usage.at(step) > usage.at("helm-upgrade")
