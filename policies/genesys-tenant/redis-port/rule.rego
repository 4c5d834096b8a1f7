# METADATA
# title: Contact Redis on its documented port
# description: >-
#   Redis is contacted on TCP 6379. A connection string that stands in the values in clear text names another port. Only
#   what surely is a host and a port is judged, and no message shows the string.
# custom:
#   severity: info
#   remediation: Correct the port, or make sure that firewalls and network policies admit the other one.
#   facts: [TEN-028]
#   source: {document: Tenant Service Private Edition Guide, section: Connections table}
package policies["genesys-tenant"]["redis-port"]

import data.policies.lib

findings contains {
	"path": ["tenant", "secrets", "redis", name],
	"facts": ["TEN-028"],
	"message": sprintf(
		"connection string %s names a port other than 6379, that of Redis; correct it, or admit it in firewalls",
		[name],
	),
} if {
	some name in ["configPwd", "streamPwd"]
	some server in split(input.values.tenant.secrets.redis[name], ",")
	lib.known(server)
	port_of(server) != "6379"
}

# port_of returns the port of HOST:PORT, perhaps a URL with a user. A host without a dot or hyphen is no surer a host
# than a password with a colon in it, so only plain names count.
port_of(server) := match[1] if {
	pattern := `^\s*(?:[a-z]+://)?(?:[^@/\s]*@)?[a-z0-9][a-z0-9.-]*[.-][a-z0-9.-]*[a-z0-9]:([0-9]{1,5})(?:/[0-9]*)?\s*$`
	[match] := regex.find_all_string_submatch_n(pattern, server, 1)
}
