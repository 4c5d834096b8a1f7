# METADATA
# title: Send mail through a relay
# description: >-
#   Voicemail, GCXI and Pulse send mail over SMTP on the ports 25 and 587, through a relay that the clusters reach.
# custom:
#   severity: warning
#   context: [thirdParty]
#   remediation: Use port 25 or 587, and plan the relay.
#   facts: [SUI-046]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Email}
package policies["genesys-suite"].mail

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"path": ["smtp", "port"], "message": message} if {
	suite.service_or_foreign
	suite.truth(input.values.smtp.enabled)
	port := input.values.smtp.port
	lib.known(port)
	not sprintf("%v", [port]) in {"25", "587"}
	message := sprintf("services send mail over port 25 or 587, not %v; write one of them", [port])
}

findings contains {"path": ["smtp", "enabled"], "message": message} if {
	suite.service
	suite.truth(input.values.smtp.enabled)
	suite.products_listed
	count(suite.products("smtp-relay")) == 0
	message := "mail needs a relay, and thirdParty lists none; add smtp-relay, or switch mail off"
}
