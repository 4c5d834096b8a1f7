# METADATA
# title: Keep what helm prints out of the values
# description: >-
#   A values file that was copied by hand from helm get all must end before COMPUTED VALUES and must not begin with
#   the header of the release. Helm takes each such line for a key, without a word.
# custom:
#   severity: error
#   remediation: >-
#     Delete the lines, or run `helmvet extract` on the whole output of helm get all.
#   facts: [UEP-003, UEP-004]
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Preparations}
package policies["usage-engine"]["helm-output"]

findings contains {"path": [key], "key": true, "facts": facts, "message": message} if {
	some key, _ in input.values
	key in leftovers
	facts := object.get(headings, key, ["UEP-004"])
	message := sprintf("%q is a line of helm's output and no key of the chart; %s", [
		key,
		"delete it, or run `helmvet extract` on the whole output",
	])
}

headings := {
	"USER-SUPPLIED VALUES": ["UEP-003", "UEP-004"],
	"COMPUTED VALUES": ["UEP-003", "UEP-004"],
}

leftovers := {
	"USER-SUPPLIED VALUES", "COMPUTED VALUES", "HOOKS", "MANIFEST", "NOTES", "NAME", "LAST DEPLOYED", "NAMESPACE",
	"STATUS", "REVISION", "CHART", "VERSION", "APP_VERSION", "TEST SUITE", "DESCRIPTION",
}
