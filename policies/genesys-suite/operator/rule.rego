# METADATA
# title: Deploy services with Helm, not with an operator
# description: >-
#   Operators may run third-party services. For the services of the suite there are none; they are deployed with the
#   vendor's charts.
# custom:
#   severity: info
#   needs: fleet
#   remediation: Name the chart instead of an operator.
#   facts: [SUI-018]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Operators}
package policies["genesys-suite"].operator

import data.policies["genesys-suite"].lib as suite

findings contains {"release": member.index, "path": [], "holds": true, "message": message} if {
	some member in suite.members
	operator := member.release.context.operator
	message := sprintf("there is no operator for %s, also not %s; deploy its Helm chart", [member.name, operator])
}
