# METADATA
# title: Give a node selector real labels
# description: >-
#   Services are assigned to node pools by the nodeSelector of their chart. A label without a value removes the
#   chart's own or selects no node, and a label value that is no string is refused.
# custom:
#   severity: info
#   remediation: Write the quoted name of a pool, or remove the key.
#   facts: [SUI-010]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Deployment / Node pools}
package policies["genesys-suite"]["node-selector"]

import data.policies["genesys-suite"].lib as suite

findings contains {"path": path, "message": message} if {
	suite.service_or_foreign
	some [parent, labels] in suite.under("nodeSelector")
	is_object(labels)
	some key, value in labels
	is_null(value)
	path := array.concat(parent, [key])
	message := sprintf("label %s has no value; write the name of a node pool between quotes, or remove the key", [key])
}

findings contains {"path": path, "severity": "warning", "message": message} if {
	suite.service_or_foreign
	some [parent, labels] in suite.under("nodeSelector")
	is_object(labels)
	some key, value in labels
	scalar(value)
	path := array.concat(parent, [key])
	message := sprintf("label %s is %v without quotes, and labels are strings; write \"%v\"", [key, value, value])
}

scalar(value) if is_number(value)

scalar(value) if is_boolean(value)
