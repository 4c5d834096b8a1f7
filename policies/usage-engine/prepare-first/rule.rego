# METADATA
# title: Prepare the values before anything is touched
# description: >-
#   The new values file is written and tested before the first step that changes the running installation, so that the
#   time without service does not depend on surprises in it.
# custom:
#   severity: error
#   remediation: Move adapt-values and dry-run-server to the front of the plan.
#   facts: [UEP-001]
#   needs: context
#   context: [plan.steps]
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Introduction}
package policies["usage-engine"]["prepare-first"]

import data.policies["usage-engine"].lib as usage

findings contains object.union(usage.step_place(step), {"message": message}) if {
	some step in preparing
	early := [s | some s in usage.steps; s in touching; usage.at(s) < usage.at(step)]
	count(early) > 0
	message := sprintf("%s comes after %s, which touches the running installation; prepare first", [step, early[0]])
}

findings contains object.union(usage.step_place(first), {"severity": "warning", "message": message}) if {
	first := [s | some s in usage.steps; s in touching][0]
	some step in preparing
	not step in usage.steps
	adapts
	message := sprintf("%s touches the running installation, and %s is not planned before it", [first, step])
}

# adapts says that the plan begins with the preparations, so that what is missing among them is missing.
adapts if {
	some step in ["extract-values", "fetch-chart", "review-changelog", "adapt-values"]
	step in usage.steps
}

preparing := {"adapt-values", "dry-run-server"}

touching := {
	"disable-batch-workflow-groups", "wait-running-batch-workflows", "set-manual-upgrade-on-ecds",
	"scale-platform-to-zero", "verify-platform-pod-gone", "backup-database", "backup-file-system", "helm-upgrade",
	"scale-platform-to-one", "verify-ecds", "upgrade-manual-ecds", "enable-batch-workflow-groups",
}
