# METADATA
# title: Tell releases of one chart apart
# description: >-
#   Usually a service has one chart and one release. A chart that is released twice into one namespace needs two
#   names, such as one with the tenant or the colour.
# custom:
#   severity: info
#   needs: fleet
#   remediation: Add the tenant or the colour to the name.
#   facts: [SUI-155]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: FAQ}
package policies["genesys-suite"]["release-name"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {
	"release": max(found),
	"path": [],
	"holds": true,
	"related": [{"release": min(found), "path": [], "message": "the other one"}],
	"message": message,
} if {
	some [_, namespace, chart, name], found in homes
	count(found) > 1
	message := sprintf("chart %s is released twice as %s into namespace %s; add the tenant or the colour to the name", [
		chart, name, namespace,
	])
}

homes[[
	suite.site_of(member),
	member.namespace,
	member.release.release.chart.name,
	member.release.release.name,
]] contains i if {
	some i, member in suite.members
	lib.known(member.namespace)
	lib.known(member.release.release.name)
}
