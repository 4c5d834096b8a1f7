# METADATA
# title: Run services as user 500, or as whom the cluster chooses
# description: >-
#   The charts run services as user, group and file group 500, without root. Either all ids that are given are 500,
#   or user and file group are null and the cluster chooses them. runAsNonRoot together with user 0 can never start:
#   the kubelet refuses the container. fsGroup belongs to the pod, not to a container.
# custom:
#   severity: warning
#   remediation: Set the ids to 500, or runAsUser and fsGroup to null.
#   facts: [SUI-065, SUI-091, SUI-093]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Permissions}
package policies["genesys-suite"]["security-context"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"path": at, "severity": severity, "facts": facts, "message": message} if {
	some row in contexts
	[key, severity, facts, message] := problem(row.path, row.value)
	at := array.concat(row.path, [key])
}

findings contains {"path": at, "facts": ["SUI-065"], "message": message} if {
	some row in contexts
	some key in ["privileged", "allowPrivilegeEscalation"]
	row.value[key] == true
	at := array.concat(row.path, [key])
	message := sprintf("%s gives the containers more rights than services need; set it to false", [key])
}

findings contains {"path": at, "severity": "error", "facts": ["SUI-091"], "message": message} if {
	some row in contexts
	lower(row.path[count(row.path) - 1]) == "containersecuritycontext"
	lib.present(row.value, ["fsGroup"])
	at := array.concat(row.path, ["fsGroup"])
	message := concat(" ", [
		"fsGroup belongs to the pod, and Kubernetes refuses it for a container; move it to the",
		"security context of the pod",
	])
}

# GVP resource manager has keys of its own, such as runAsUserRM.
findings contains {"path": at, "facts": ["SUI-065", "SUI-091"], "message": message} if {
	some row in contexts
	some key, 0 in row.value
	regex.match(`^runAsUser.+`, key)
	at := array.concat(row.path, [key])
	message := sprintf("%s is 0, so that the service would run as root; write 500", [key])
}

# The pack of the tenant has rules of its own for this.
contexts contains row if {
	suite.service_or_foreign
	not suite.service_is("tenant")
	some row in suite.security_contexts
	every id in ids { known(object.get(row.value, id, null)) }
}

ids := ["runAsUser", "runAsGroup", "fsGroup"]

known(value) if not is_string(value)

known(value) if {
	is_string(value)
	lib.known(value)
}

problem(_, value) := ["runAsUser", "error", ["SUI-093"], concat(" ", [
	"runAsNonRoot is true and runAsUser is 0, so that the kubelet refuses the container;",
	"write 500, or null to let the cluster choose",
])] if {
	value.runAsNonRoot == true
	value.runAsUser == 0
} else := ["runAsUser", "warning", ["SUI-065", "SUI-091"], as_root] if {
	value.runAsUser == 0
} else := ["runAsNonRoot", "warning", ["SUI-065"], "the service may run as root; set runAsNonRoot to true"] if {
	value.runAsNonRoot == false
} else := [wrong, "error", ["SUI-091"], sprintf(
	"%s is %s and has to be a number or null",
	[wrong, lib.quote(value[wrong])],
)] if {
	wrong := [id |
		some id in ids
		not is_number(object.get(value, id, 500))
		object.get(value, id, null) != null
	][0]
} else := [odd, severity(value[odd]), ["SUI-091"], sprintf(
	"%s is %v beside %s; services use 500 for all of them, or null for runAsUser and fsGroup",
	[odd, value[odd], others(value, odd)],
)] if {
	given := [id | some id in ids; is_number(value[id])]
	fixed := [id | some id in given; not id_is_free(value, id)]
	some odd in fixed
	value[odd] != 500
	odd == [id | some id in fixed; value[id] != 500][0]
}

as_root := "the service would run as root; write 500, or null to let the cluster choose"

# With ids that the cluster chooses, group 0 is what the files of the image belong to.
id_is_free(value, "runAsGroup") if {
	value.runAsGroup == 0
	not is_number(object.get(value, "runAsUser", null))
}

# The ids of an OpenShift namespace.
severity(id) := "info" if id >= 1000000000

severity(id) := "warning" if id < 1000000000

others(value, odd) := text if {
	rest := [sprintf("%s %v", [id, value[id]]) | some id in ids; id != odd; lib.present(value, [id])]
	count(rest) > 0
	text := lib.join_words(rest, "and")
} else := "the default 500"
