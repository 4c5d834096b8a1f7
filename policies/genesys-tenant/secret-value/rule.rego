# METADATA
# title: Give Secrets values that the service can read
# description: >-
#   Kubernetes wants base64 under data and clear text under stringData, both as strings. The service reads the file
#   to its end, so an empty value or a line break behind it becomes part of the credential. It refuses an empty password
#   of its service account, and the word that it takes without one is known to everybody. The values for Redis and Kafka
#   are JSON in the Voice deployment, with a password or with the brokers as bootstrap.
#   No message shows what is in a Secret.
# custom:
#   severity: error
#   needs: manifests
#   remediation: >-
#     Make the Secret with kubectl create secret generic NAME --from-literal=KEY=VALUE, or put clear text under
#     stringData.
#   facts: [TEN-111, TEN-113, TEN-114, TEN-115, TEN-117]
#   source: {document: Tenant Service Private Edition Guide, section: Configure service-specific secrets}
package policies["genesys-tenant"]["secret-value"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {
	"manifest": index,
	"path": [field, key],
	"facts": [entry.fact],
	"message": sprintf("value of key %q in Secret %q %s", [key, entry.name, problem]),
} if {
	tenant.objects_given
	some entry in tenant.secret_entries
	some index in tenant.objects("Secret", entry.name)
	input.manifests[index].kind == "Secret"
	some field in ["data", "stringData"]
	some key, value in input.manifests[index][field]
	problem := refused(field, value)
}

findings contains {
	"manifest": given.index,
	"path": given.path,
	"severity": severity,
	"facts": [fact],
	"message": sprintf("value of key %q in Secret %q %s", [entry.key, entry.name, problem]),
} if {
	tenant.objects_given
	some entry in tenant.secret_entries
	some given in tenant.secret_texts(entry.name, entry.key)
	some [severity, fact, problem] in problems(entry, given.path[0], given.text)
}

# What the API server refuses.
refused(field, value) := sprintf("is a %s under %s; write a string, in quotes", [type_name(value), field]) if {
	not type_name(value) in {"string", "null"}
}

refused("data", value) := "is under data but is not base64; move the clear text to stringData, or encode it" if {
	is_string(value)
	lib.known(value)
	not base64.is_valid(value)
}

problems(entry, _, "") := [["error", entry.fact, "is empty; give it a value"]] if entry.fact != "TEN-113"

problems(entry, _, "") := [["error", "TEN-114", message]] if {
	entry.fact == "TEN-113"
	message := "is empty, and the service refuses an empty password; give it a value"
}

problems(entry, field, text) := array.concat(text_problems(entry, field, text), json_problems(entry, text)) if {
	text != ""
}

text_problems(entry, field, text) := [["warning", entry.fact, message]] if {
	regex.match(`[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]|\x{FFFD}`, text)
	message := "does not decode to text; if it is clear text, move it to stringData"
} else := [["info", entry.fact, sprintf("ends in a line break, which becomes part of it; %s", [advice[field]])]] if {
	regex.match(`[\r\n]$`, text)
	not startswith(text, "{")
} else := [["warning", "TEN-113", message]] if {
	entry.fact == "TEN-113"
	text == "password"
	message := "is the default that the guide prints; choose another password"
} else := []

advice := {"data": "encode it with printf, not echo", "stringData": "write it behind the key, or below |-"}

json_problems(entry, text) := [["warning", "TEN-117", message]] if {
	entry.fact == "TEN-117"
	startswith(text, "{")
	not json.is_valid(text)
	message := "starts like JSON but is not valid JSON; the shell may have taken its quotes, so put it in single quotes"
} else := [["warning", "TEN-117", message]] if {
	entry.fact == "TEN-117"
	startswith(text, "{")
	some word, wanted in {"kafka": "bootstrap", "redis": "password"}
	contains(entry.key, word)
	lib.get(json.unmarshal(text), [wanted], "") == ""
	message := sprintf("is JSON without %q; add the entry", [wanted])
} else := []
