# METADATA
# title: Set user ids to null where the cluster chooses them
# description: >-
#   Where pods run under arbitrary user ids, the charts must define none. Leaving the key out keeps the default 500
#   of the chart; only null takes it away.
# custom:
#   severity: error
#   needs: context
#   context: [arbitraryUIDs]
#   remediation: >-
#     Write runAsUser: null and fsGroup: null, and runAsGroup: 0.
#   facts: [SUI-092]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Arbitrary UIDs}
package policies["genesys-suite"]["arbitrary-uid"]

import data.policies["genesys-suite"].lib as suite

findings contains {"path": at, "severity": "warning", "message": message} if {
	input.context.arbitraryUIDs == true
	suite.service_or_foreign
	some row in suite.security_contexts
	not "runAsUser" in object.keys(row.value)
	at := array.concat(row.path, ["runAsUser"])
	message := "runAsUser is left out, so that the chart's default 500 may stay in force; write runAsUser: null"
}

findings contains {"path": at, "message": message} if {
	input.context.arbitraryUIDs == true
	suite.service_or_foreign
	some row in suite.security_contexts
	some key in ["runAsUser", "fsGroup"]
	chosen(row.value[key])
	at := array.concat(row.path, [key])
	message := sprintf("%s is %d, and the cluster chooses the ids; write %s: null", [key, row.value[key], key])
}

findings contains {"manifest": pod.index, "path": at, "message": message} if {
	input.context.arbitraryUIDs == true
	some pod in suite.pods
	some row in array.concat([pod], [c | some c in suite.containers; c.index == pod.index])
	holder := object.get(row, "spec", object.get(row, "container", {}))
	some key in ["runAsUser", "fsGroup"]
	chosen(holder.securityContext[key])
	at := array.concat(row.path, ["securityContext", key])
	message := sprintf("%s is %d, and the cluster chooses the ids; take it out", [key, holder.securityContext[key]])
}

findings contains {"path": at, "severity": "info", "message": message} if {
	input.context.arbitraryUIDs == false
	suite.service_or_foreign
	some row in suite.security_contexts
	some key in ["runAsUser", "fsGroup"]
	object.get(row.value, key, 500) == null
	at := array.concat(row.path, [key])
	message := sprintf("%s is null, though the configuration says that ids are fixed; write 500", [key])
}

# An id of the namespace's own range was given on purpose.
chosen(id) if {
	is_number(id)
	id < 1000000000
}
