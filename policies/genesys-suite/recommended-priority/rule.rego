# METADATA
# title: Give a service the priority that the guide recommends
# description: >-
#   The guide rates each service. When nodes run out of memory, pods of a lower class are evicted first, so that a
#   critical service with a low class is the first to go.
# custom:
#   severity: warning
#   remediation: Set the class that the message names, unless your business needs another order.
#   facts: [SUI-149, SUI-152]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Service priorities}
package policies["genesys-suite"]["recommended-priority"]

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"path": path, "severity": severity, "facts": facts, "message": message} if {
	row := tables.priority_by_chart[suite.chart]
	path := split(row.path, ".")
	facts := ["SUI-149"]
	[severity, message] := verdict(lib.get(input.values, path, ""), row.expect)
	object.get(input.values, path, true) != true
}

findings contains finding if {
	some pod in suite.pods
	[severity, message] := verdict(pod.spec.priorityClassName, tables.priorities[pod.name].priority)
	finding := {
		"manifest": pod.index, "path": array.concat(pod.path, ["priorityClassName"]), "severity": severity,
		"facts": array.concat(["SUI-149"], [fact | fact := "SUI-152"; pod.name == "tenant"]), "message": message,
	}
}

verdict(name, level) := ["info", sprintf(
	"the service is left without a priority class, and the guide rates it %s; write %s",
	[level, tables.priority_classes[level].name],
)] if {
	name == ""
	level
} else := [severity, sprintf(
	"%s is %s than the guide rates the service; write %s",
	[name, comparison, tables.priority_classes[level].name],
)] if {
	some row in tables.priority_classes
	row.name == name
	[severity, comparison] := against(row.value, tables.priority_classes[level].value)
}

against(value, wanted) := ["warning", "lower"] if value < wanted

against(value, wanted) := ["info", "higher"] if value > wanted
