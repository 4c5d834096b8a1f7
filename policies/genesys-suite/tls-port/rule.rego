# METADATA
# title: Use the port that goes with TLS
# description: >-
#   GAuth reaches Redis on 6379 in clear text and on 6380 with TLS; Consul listens on 8500 and on 8501 with TLS.
# custom:
#   severity: warning
#   remediation: Change the port, or the switch.
#   facts: [SUI-103, SUI-104]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Ports and protocols}
package policies["genesys-suite"]["tls-port"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"path": path, "facts": ["SUI-103"], "message": message} if {
	gauth
	path := ["redis", "cluster_nodes"]
	text := object.get(input.values, path, null)
	is_string(text)
	lib.known(text)
	some [tls, wrong, right] in [[true, "6379", "6380"], [false, "6380", "6379"]]
	input.values.redis.use_tls == tls
	some node in split(text, ",")
	endswith(trim_space(node), sprintf(":%s", [wrong]))
	message := sprintf("port %s is not the one for use_tls %v; write %s", [wrong, tls, right])
}

findings contains {"path": array.concat(path, ["port"]), "facts": ["SUI-104"], "message": message} if {
	suite.service_or_foreign
	path := ["context", "envs", "consul"]
	consul := object.get(input.values, path, {})
	some [secure, wrong, right] in [[true, "8500", 8501], [false, "8501", 8500]]
	consul.secure == secure
	sprintf("%v", [consul.port]) == wrong
	message := sprintf("port %s of Consul is not the one for secure %v; write %d", [wrong, secure, right])
}

gauth if suite.service_is("gauth")

gauth if suite.foreign(suite.here)
