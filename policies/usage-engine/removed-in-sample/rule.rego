# METADATA
# title: Look up the keys that the guide shows as removed
# description: >-
#   The guide shows a CHANGELOG.md that lists four keys as removed; a key stands for everything below it. Which keys a
#   version really removed is told by the CHANGELOG.md of that chart, which `helmvet upgrade` reads. Until it is
#   given, this rule names the four keys where they are set.
# custom:
#   severity: info
#   remediation: >-
#     Read CHANGELOG.md of the new chart, or run `helmvet upgrade --to-chart DIR`; delete the key if it is removed.
#   facts: [UEP-018, UEP-019]
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Preparations}
package policies["usage-engine"]["removed-in-sample"]

import data.policies.lib

findings contains {"path": path, "key": true, "message": message} if {
	not input.change.changelog.given
	some path in removed
	value := object.get(input.values, path, null)
	value != null
	message := sprintf("%s is in the guide's example of removed keys; %s", [
		lib.path_string(path),
		"check CHANGELOG.md of the chart that is installed, and delete the key if it has no effect there",
	])
}

removed := [
	["mzOperator", "clusterWide"],
	["mzOperator", "experimental", "performPeriodicWorkflowCleanup"],
	["jmx", "remote"],
	["platform", "debug", "jmx"],
]
