# METADATA
# title: Switch monitoring with a boolean
# description: >-
#   Charts create PodMonitor and ServiceMonitor objects when a switch is on. Most compare it as a boolean, to which
#   the string "no" is as true as "yes"; GES, BDS and tenant-monitor take a quoted string.
# custom:
#   severity: info
#   remediation: Write true or false without quotes.
#   facts: [SUI-048]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Monitoring (metrics)}
package policies["genesys-suite"]["monitoring-switch"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"path": path, "message": message} if {
	suite.service_or_foreign
	not suite.service_is("tenant")
	some row in suite.settings("monitoring")
	[path, value] := switch(row)
	is_string(value)
	lib.known(value)
	not suite.chart_in({"ges", "bds-cronjob"})
	message := sprintf("monitoring is switched by the string %s, and any string counts as on; write true or false", [
		lib.quote(value),
	])
}

switch(row) := [array.concat(row.path, ["enabled"]), row.value.enabled] if {
	is_object(row.value)
} else := [row.path, row.value]
