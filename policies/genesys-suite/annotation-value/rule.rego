# METADATA
# title: Quote annotation values
# description: >-
#   Annotations are strings to Kubernetes. An unquoted true, false or number renders an object that the API server
#   refuses; null removes the chart's own annotation or renders nothing.
# custom:
#   severity: error
#   remediation: Write the value between quotes.
#   facts: [SUI-109]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Configuring Ingress Controller}
package policies["genesys-suite"]["annotation-value"]

import data.policies["genesys-suite"].lib as suite

findings contains {"path": path, "severity": severity, "message": message} if {
	suite.service_or_foreign
	not suite.service_is("tenant")
	some [parent, name, entries] in suite.mappings
	endswith(lower(name), "annotations")
	some key, value in entries
	[severity, message] := problem(key, value)
	path := array.concat(parent, [key])
}

problem(key, value) := ["error", sprintf(
	"annotation %s is %v without quotes, and the API server takes strings only; write \"%v\"",
	[key, value, value],
)] if {
	is_boolean(value)
} else := ["error", sprintf(
	"annotation %s is the number %v, and the API server takes strings only; write \"%v\"",
	[key, value, value],
)] if {
	is_number(value)
} else := ["warning", sprintf("annotation %s has no value; write one between quotes, or remove the key", [key])] if {
	is_null(value)
}
