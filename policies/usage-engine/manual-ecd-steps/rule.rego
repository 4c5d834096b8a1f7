# METADATA
# title: "Set manualUpgrade before the upgrade, and upgrade those ECDs after it"
# description: >-
#   An ECD with manualUpgrade keeps its old version until somebody upgrades it in Desktop Online. Set after the
#   upgrade, the flag comes too late; without the step afterwards these ECDs stay on the old version.
# custom:
#   severity: warning
#   remediation: Plan set-manual-upgrade-on-ecds before helm-upgrade and upgrade-manual-ecds after it.
#   facts: [UEP-040, UEP-057]
#   needs: context
#   context: [plan.steps]
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Manual Upgrade of ECDs}
package policies["usage-engine"]["manual-ecd-steps"]

import data.policies["usage-engine"].lib as usage

findings contains object.union(usage.step_place(set_step), {"facts": ["UEP-040"], "message": message}) if {
	usage.at(set_step) > usage.at("helm-upgrade")
	message := "set-manual-upgrade-on-ecds comes after helm-upgrade, which has restarted the ECDs; put it before"
}

findings contains object.union(usage.step_place("helm-upgrade"), {"facts": ["UEP-057"], "message": message}) if {
	"helm-upgrade" in usage.steps
	flagged
	not upgraded
	message := "ECDs with manualUpgrade stay on the old version; plan upgrade-manual-ecds after helm-upgrade"
}

set_step := "set-manual-upgrade-on-ecds"

flagged if set_step in usage.steps

flagged if {
	some object in input.manifests
	object.kind == "ECDeployment"
	object.spec.manualUpgrade == true
}

upgraded if usage.at("upgrade-manual-ecds") > usage.at("helm-upgrade")
