# METADATA
# title: Contact Kafka and Redis on the documented ports
# description: >-
#   Kafka is contacted on TCP 9092 or 9093 and Redis on 6379. The Secret for Kafka is JSON whose bootstrap entry lists
#   the brokers; a Redis Secret may hold a connection string. Only what surely is a host and a port is
#   judged. No message shows what is in a Secret.
# custom:
#   severity: info
#   needs: manifests
#   remediation: Correct the port, or make sure that firewalls and network policies admit the other one.
#   facts: [TEN-027, TEN-028]
#   source: {document: Tenant Service Private Edition Guide, section: Connections table}
package policies["genesys-tenant"]["backend-port"]

import data.policies["genesys-tenant"].lib as tenant

findings contains {
	"manifest": given.index,
	"path": given.path,
	"facts": ["TEN-027"],
	"message": sprintf(
		"bootstrap in Secret %q has a port other than 9092 and 9093, those of Kafka; correct it, or admit it in firewalls",
		[entry.name],
	),
} if {
	tenant.objects_given
	some entry in tenant.secret_entries
	contains(entry.key, "kafka")
	some given in tenant.secret_texts(entry.name, entry.key)
	some broker in split(json.unmarshal(given.text).bootstrap, ",")
	[match] := regex.find_all_string_submatch_n(`:([0-9]{1,5})\s*$`, broker, 1)
	not match[1] in {"9092", "9093"}
}

findings contains {
	"manifest": given.index,
	"path": given.path,
	"facts": ["TEN-028"],
	"message": sprintf(
		"value of key %q in Secret %q names a port other than 6379, that of Redis; correct it, or admit it in firewalls",
		[entry.key, entry.name],
	),
} if {
	tenant.objects_given
	some entry in tenant.secret_entries
	contains(entry.key, "redis")
	some given in tenant.secret_texts(entry.name, entry.key)
	some server in split(given.text, ",")
	port_of(server) != "6379"
}

# port_of returns the port of HOST:PORT, perhaps a URL with a user. A host without a dot or hyphen is no surer a host
# than a password with a colon in it, so only plain names count.
port_of(server) := match[1] if {
	pattern := `^\s*(?:[a-z]+://)?(?:[^@/\s]*@)?[a-z0-9][a-z0-9.-]*[.-][a-z0-9.-]*[a-z0-9]:([0-9]{1,5})(?:/[0-9]*)?\s*$`
	[match] := regex.find_all_string_submatch_n(pattern, server, 1)
}
