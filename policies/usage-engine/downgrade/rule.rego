# METADATA
# title: Upgrade to a newer version only
# description: >-
#   The new chart version is higher than the one that runs. Going back to an older one is the rollback procedure, with
#   the restored database and file share; helm upgrade to an old chart starts it on migrated data.
# custom:
#   severity: error
#   remediation: Take a newer chart, or follow the rollback procedure.
#   facts: [UEP-013]
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Preparations; Rollback}
package policies["usage-engine"].downgrade

findings contains object.union(at, {"severity": severity, "message": message}) if {
	order := semver.compare(new_version, old_version)
	order <= 0
	[severity, said] := {-1: ["error", lower_said], 0: ["warning", equal_said]}[order]
	message := sprintf("target version %s is %s", [new_version, said])
}

lower_said := sprintf("lower than %s, which runs; follow the rollback procedure to go back", [old_version])

equal_said := "the version that runs; only values can change, not the product"

new_version := input.change.to if {
	input.change.to
} else := input.release.chart.version

old_version := input.change.from if {
	input.change.from
} else := version if {
	version := trim_prefix(input.context.release.chart, "usage-engine-private-edition-")
	version != input.context.release.chart
}

at := {"context": true, "path": ["release", "chart"]} if {
	input.context.release.chart
} else := {"path": []}
