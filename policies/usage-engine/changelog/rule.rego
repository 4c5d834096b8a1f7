# METADATA
# title: Compare the values with the CHANGELOG.md of the new chart
# description: >-
#   CHANGELOG.md of the new chart lists the keys that were removed, deprecated, changed and added. Without it nothing
#   tells which keys of the user have lost their meaning.
# custom:
#   severity: warning
#   remediation: >-
#     Fetch the chart with helm fetch --untar and give it with --to-chart, or give the file with --changelog.
#   facts: [UEP-014]
#   needs: previous
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Preparations}
package policies["usage-engine"].changelog

findings contains {"path": [], "holds": true, "facts": ["UEP-014"], "message": message} if {
	input.change.from != input.change.to
	not input.change.changelog.given
	message := sprintf("no CHANGELOG.md of %s is given, so removed keys may go unseen; %s", [
		input.change.to,
		"give the unpacked chart with --to-chart, or the file with --changelog",
	])
}
