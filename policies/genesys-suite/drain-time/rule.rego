# METADATA
# title: Let voice pods drain for an hour
# description: >-
#   Stateful voice services drain for 60 minutes or more before they stop. A shorter grace period cuts active
#   sessions off.
# custom:
#   severity: info
#   remediation: Set the grace period to 3600 seconds or more.
#   facts: [SUI-012]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Deployment / Node pools}
package policies["genesys-suite"]["drain-time"]

import data.policies["genesys-suite"].lib as suite

findings contains {"path": path, "message": message} if {
	gvp
	some path in [["terminationGracePeriod"], ["gracePeriodSeconds"]]
	seconds := object.get(input.values, path, 3600)
	is_number(seconds)
	seconds < 3600
	message := sprintf("active voice sessions are cut off after %v seconds; allow 3600 or more", [seconds])
}

findings contains {"manifest": pod.index, "path": path, "message": message} if {
	some pod in suite.pods
	some label in pod.spec.nodeSelector
	regex.match(`(?i)^real-?time$`, label)
	seconds := object.get(pod.spec, "terminationGracePeriodSeconds", 30)
	seconds < 3600
	path := array.concat(pod.path, ["terminationGracePeriodSeconds"])
	message := sprintf(
		"%s runs on real-time nodes and is cut off after %v seconds; allow 3600 or more",
		[pod.name, seconds],
	)
}

gvp if suite.chart in {"gvp-mcp", "gvp-rm"}

gvp if suite.foreign(suite.here)
