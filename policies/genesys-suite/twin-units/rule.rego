# METADATA
# title: Deploy the same services to units of one role
# description: >-
#   Locations and environments are set up with the same steps, so that units of one role usually run the same
#   services.
# custom:
#   severity: info
#   needs: fleet, context
#   context: [units]
#   remediation: Deploy the service to the other unit as well, unless it is left out on purpose.
#   facts: [SUI-106]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Quick deployment tour}
package policies["genesys-suite"]["twin-units"]

import data.policies["genesys-suite"].lib as suite

findings contains {"context": true, "path": ["units", i], "message": message} if {
	some i, unit in input.context.units
	unit.role
	count(services[unit.name]) > 0
	missing := union({services[other.name] |
		some other in input.context.units
		other.name != unit.name
		other.role == unit.role
	}) - services[unit.name]
	count(missing) > 0
	message := sprintf("unit %s lacks %s, which another %s unit has; deploy it here, or leave it out on purpose", [
		unit.name, suite.names(missing), unit.role,
	])
}

services[member.unit] contains member.service if some member in suite.members
