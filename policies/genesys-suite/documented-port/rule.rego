# METADATA
# title: Adapt firewalls to other ports
# description: >-
#   The guide lists the ports that firewalls open. Where the values choose another one, the firewalls have to
#   follow.
# custom:
#   severity: info
#   remediation: Write the documented port, or open the other one.
#   facts: [SUI-105]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Ports and protocols}
package policies["genesys-suite"]["documented-port"]

import data.policies["genesys-suite"].lib as suite

findings contains {"path": path, "message": message} if {
	some [chart, text, want] in ports
	concerned(chart)
	path := split(text, ".")
	port := object.get(input.values, path, null)
	regex.match(`^\d+$`, sprintf("%v", [port]))
	to_number(port) != want
	message := sprintf("port %v is not the documented %d; adapt the firewalls, or write %d", [port, want, want])
}

# Paths that only one chart has tell it themselves.
concerned(chart) if suite.chart == chart

concerned(chart) if {
	suite.foreign(suite.here)
	chart in {"ges", "telemetry-service", "ixn"}
}

ports := [
	["ges", "ges.configMap.env.server.internal_port", 3050],
	["telemetry-service", "tlm.service.port_external", 8107],
	["telemetry-service", "tlm.service.port_internal", 9107],
	["gim", "monitoring.port", 8249],
	["gsp", "monitoring.port", 9249],
	["pulse-dcu", "monitoring.port", 9091],
	["pulse-lds", "monitoring.port", 9091],
	["ixn", "ixnService.ixnServer.ports.default", 7120],
	["ixn", "ixnVQNode.ports.default", 7122],
	["gvp-rm", "service.rmHealthCheckAPIPort", 8300],
	["gvp-rm", "service.port", 5060],
]
