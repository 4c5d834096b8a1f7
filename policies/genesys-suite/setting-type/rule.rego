# METADATA
# title: Give common settings their type
# description: >-
#   Replica counts are whole numbers, tolerations a list, node selectors and annotations mappings. A template that
#   gets something else renders an object that the API server refuses.
# custom:
#   severity: info
#   remediation: Write the value in the form that the message names.
#   facts: [SUI-137]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: The values.yaml file}
package policies["genesys-suite"]["setting-type"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"path": row.path, "message": message} if {
	suite.chart
	not suite.service_is("tenant")
	some kind, want in wanted
	some row in suite.settings(kind)
	not fits(kind, row.value)
	message := sprintf("%s is %s; the chart takes %s", [suite.text(row.path), shown(row.value), want])
}

wanted := {"replicas": "a whole number", "tolerations": "a list", "nodeSelector": "a mapping of labels"}

fits(_, null)

fits(_, value) if {
	is_string(value)
	not lib.known(value)
}

fits("replicas", value) if {
	is_number(value)
	floor(value) == value
}

fits("tolerations", value) if is_array(value)

fits("nodeSelector", value) if is_object(value)

shown(value) := "a mapping" if is_object(value)

shown(value) := "a list" if is_array(value)

shown(value) := lib.quote(value) if {
	not is_object(value)
	not is_array(value)
}
