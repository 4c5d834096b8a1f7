# METADATA
# title: Deploy services in the order of the guide
# description: >-
#   An initial deployment has nine waves: Consul and Kafka; GAuth; Voice; Tenant; GWS with Agent Setup, WWE and
#   WebRTC; GVP; the services of reporting, digital channels and the rest; Interaction Server and IWD Data Mart;
#   GCXI and the WFM adapter. The order matters only then; a release tells its position as order in the context.
# custom:
#   severity: error
#   needs: fleet
#   context: [initialDeployment]
#   remediation: Give the release a position behind those that the message names.
#   facts: [SUI-125, SUI-127]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Deployment order}
package policies["genesys-suite"]["deployment-order"]

import data.policies["genesys-suite"].lib as suite

findings contains {
	"release": member.index,
	"path": [],
	"holds": true,
	"severity": severity,
	"facts": facts,
	"related": [{"release": blocker.index, "path": [], "message": "deployed too late"}],
	"message": message,
} if {
	some member in ordered
	late := [step |
		some step in last[member.site]
		step.wave < member.wave
		step.order >= member.order
	]
	count(late) > 0
	blocker := late[0]
	message := sprintf("%s comes at position %v, and %s of an earlier wave at %v; deploy %s first", [
		member.name, member.order, blocker.name, blocker.order, blocker.name,
	])
}

ordered contains {
	"index": member.index,
	"name": member.name,
	"order": member.release.context.order,
	"wave": suite.wave_of(member),
	"site": suite.site_of(member),
} if {
	some member in suite.members
}

waves[[member.site, member.wave]] contains [member.order, member] if some member in ordered

# The last release of each wave, by site.
last[site] contains max(found)[1] if some [site, _], found in waves

default severity := "error"

severity := "info" if input.context.initialDeployment == false

facts := ["SUI-125", "SUI-127"] if {
	input.context.initialDeployment == false
} else := ["SUI-125"]
