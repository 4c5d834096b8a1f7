# METADATA
# title: List brokers of Kafka with their ports
# description: >-
#   The bootstrap servers of Kafka are a list of HOST:PORT, separated by commas. The documented ports are 9092, and
#   9093 for TLS.
# custom:
#   severity: warning
#   remediation: Write HOST:9092 or HOST:9093 for each broker.
#   facts: [SUI-084]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Third-party dependencies}
package policies["genesys-suite"]["kafka-address"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"path": ["kafka", "bootstrap"], "severity": severity, "message": message} if {
	suite.service_or_foreign
	text := input.values.kafka.bootstrap
	is_string(text)
	lib.known(text)
	some part in split(text, ",")
	broker := trim_space(part)
	broker != ""
	[severity, message] := problem(broker)
}

problem(broker) := ["warning", sprintf("broker %q has no port; write %s:9092", [broker, broker])] if {
	not contains(broker, ":")
} else := [
	"info",
	sprintf("broker %q has another port than 9092 or 9093; adapt the firewalls to it", [broker]),
] if {
	not regex.match(`:909[23]$`, broker)
}
