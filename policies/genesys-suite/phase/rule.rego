# METADATA
# title: Set up the platform in the order of the guide
# description: >-
#   Storage comes before third-party services, these before the services of the suite, and so do the registry of
#   your own and the overrides of charts.
# custom:
#   severity: info
#   needs: fleet, context
#   context: [phases]
#   remediation: Change the order of phases.
#   facts: [SUI-075]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Quick deployment tour}
package policies["genesys-suite"].phase

findings contains {"context": true, "path": ["phases", earlier], "message": message} if {
	some [before, after] in pairs
	some earlier, first in input.context.phases
	some later, second in input.context.phases
	first == after
	second == before
	earlier < later
	message := sprintf("phase %s comes before %s, which it builds on; put %s first", [after, before, before])
}

pairs := [
	["network", "node-pools"], ["storage", "third-party"], ["third-party", "services"], ["registry", "services"],
	["overrides", "services"], ["storage", "services"],
]
