# METADATA
# title: Name a priority class of the suite
# description: >-
#   The suite has the classes genesysengage-critical-priority, -medium-priority and -low-priority; -high-priority
#   follows the same pattern, though the guide does not print it. A pod that names a class which does not exist is
#   refused, and a mapping in place of the name renders a pod that the API server does not take. The classes of
#   Kubernetes itself are reserved.
# custom:
#   severity: error
#   remediation: Write one of the four names, or an empty string to keep the chart's own choice.
#   facts: [SUI-146, SUI-147, SUI-148]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Overriding Service Priority}
package policies["genesys-suite"]["priority-class"]

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"path": path, "severity": severity, "facts": facts, "message": message} if {
	suite.service_or_foreign
	some [path, value] in classes
	[severity, facts, message] := problem(path, value)
}

# Where the chart is known, the priority class stands at its own path; other keys of that name are another rule's.
classes contains [path, value] if {
	some [path, value] in suite.under("priorityClassName")
	not suite.chart_in({"tenant", "tenant-monitor"})
}

names := [row.name | some row in tables.priority_classes; not row.inferred]

all_names := {row.name | some row in tables.priority_classes}

problem(path, value) := ["warning", ["SUI-148"], sprintf(
	"%s is an empty mapping, and the pod needs a name; write \"\" to have no class, or %s",
	[suite.text(path), names[0]],
)] if {
	value == {}
} else := ["error", ["SUI-148"], sprintf(
	"%s is %s, and the pod needs the name of a class; write %s",
	[suite.text(path), kind(value), lib.join_words(names, "or")],
)] if {
	not is_string(value)
	not is_null(value)
} else := ["error", ["SUI-146"], sprintf(
	"%q is reserved for Kubernetes itself; write %s",
	[value, lib.join_words(names, "or")],
)] if {
	value in {"system-cluster-critical", "system-node-critical"}
} else := [
	severity(value), ["SUI-147"],
	sprintf("priority class %q is not one of the suite; write %s", [value, meant(value)]),
] if {
	is_string(value)
	value != ""
	not value in all_names
}

# A class of one's own is as good when it is there.
severity(value) := "warning" if {
	some item in input.manifests
	item.kind == "PriorityClass"
	item.metadata.name == value
} else := "error"

# The class of the level that the name speaks of.
meant(value) := levels[0] if {
	levels := [row.name |
		some level, row in tables.priority_classes
		contains(lower(value), level)
	]
	count(levels) == 1
} else := lib.join_words(names, "or")

kind(value) := "a list" if is_array(value)

kind(value) := "a mapping" if is_object(value)

kind(value) := json.marshal(value) if {
	not is_array(value)
	not is_object(value)
}
