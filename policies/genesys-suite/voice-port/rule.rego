# METADATA
# title: Keep the ports of voice connections
# description: >-
#   The connections of Voice have fixed ports: 9100 of voice-config, 5080 of voice-sipproxy, 5090 of voice-sip, 5060
#   of the resource manager of GVP, 5070 of its media control platform.
# custom:
#   severity: warning
#   remediation: Write the port that the message names.
#   facts: [SUI-073]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Voice connectivity / Connections}
package policies["genesys-suite"]["voice-port"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"manifest": i, "path": ["spec", "ports"], "message": message} if {
	some i, item in suite.objects
	item.kind == "Service"
	want := ports[item.metadata.name]
	count(item.spec.ports) > 0
	not want in {port.port | some port in item.spec.ports}
	message := sprintf("%s listens on port %d for others, and the service has no such port; add it", [
		item.metadata.name, want,
	])
}

findings contains {"path": path, "message": message} if {
	suite.service_or_foreign
	some path in [["deployment", "upstreamServices"], ["tenant", "general", "upstreamServices"]]
	text := object.get(input.values, path, "")
	is_string(text)
	lib.known(text)
	some found in regex.find_all_string_submatch_n(`(?:^|[,\s])(voice-config)(?:\.[a-z0-9.-]+)?:(\d+)`, text, -1)
	found[2] != "9100"
	message := sprintf("voice-config listens on port 9100, not on %s; write voice-config:9100", [found[2]])
}

findings contains {"path": ["service", "port"], "message": message} if {
	suite.chart in {"gvp-rm"}
	port := input.values.service.port
	is_number(port)
	not port in {5060, 5080}
	message := sprintf("the resource manager takes SIP on port 5060, not on %d; write 5060", [port])
}

ports := {"voice-config": 9100, "voice-sipproxy": 5080, "voice-sip": 5090, "gvp-rm": 5060, "gvp-mcp": 5070}
