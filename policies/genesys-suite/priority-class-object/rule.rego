# METADATA
# title: Define the priority classes of the suite with their values
# description: >-
#   A PriorityClass of the suite has the value of its level: critical 10000000, high 1000000, medium 100000, low 0.
#   Values above one billion are refused by Kubernetes. The classes exist once for the whole cluster, and none of
#   them is the default, because pods that name no class would get it.
# custom:
#   severity: error
#   needs: manifests
#   remediation: Use the values of the guide, define each class once, and leave globalDefault false.
#   facts: [SUI-145, SUI-146, SUI-151]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Service priorities}
package policies["genesys-suite"]["priority-class-object"]

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite

findings contains {"manifest": i, "path": ["value"], "facts": ["SUI-145"], "message": message} if {
	some i, item in classes
	some level, row in tables.priority_classes
	row.name == item.metadata.name
	item.value != row.value
	not reserved(item)
	message := sprintf(
		"class %s has value %v; the guide gives %s the value %d",
		[row.name, item.value, level, row.value],
	)
}

findings contains {"manifest": i, "path": ["value"], "facts": ["SUI-146"], "message": message} if {
	some i, item in classes
	reserved(item)
	message := sprintf(
		"value %v is above 1000000000, where Kubernetes keeps its own classes; stay at or below 10000000",
		[item.value],
	)
}

findings contains finding if {
	some i, item in classes
	startswith(item.metadata.name, "genesysengage-")
	item.globalDefault == true
	finding := {
		"manifest": i, "path": ["globalDefault"], "severity": "warning", "facts": ["SUI-151"],
		"message": sprintf("%s would apply to every pod without a class; set globalDefault to false", [item.metadata.name]),
	}
}

findings contains finding if {
	some i, item in classes
	some j, other in classes
	j < i
	item.metadata.name == other.metadata.name
	finding := {
		"manifest": i, "path": ["metadata", "name"], "severity": "warning", "facts": ["SUI-151"],
		"message": sprintf("%s is defined twice; Helm lets only one release own it, so keep one", [item.metadata.name]),
		"related": [{"manifest": j, "path": ["metadata", "name"], "message": "the other definition"}],
	}
}

# A class that pods name has to be there when the classes are.
findings contains {"path": path, "severity": "warning", "facts": ["SUI-151"], "message": message} if {
	count(classes) > 0
	some row in suite.settings("priorityClassName")
	is_string(row.value)
	row.value != ""
	startswith(row.value, "genesysengage-")
	defined := {item.metadata.name | some item in classes}
	not row.value in defined
	path := row.path
	message := sprintf("no manifest defines class %s, so the pods are refused; define it, or name one of %s", [
		row.value, concat(", ", sort(defined)),
	])
}

classes[i] := item if {
	some i, item in input.manifests
	item.kind == "PriorityClass"
}

reserved(item) if {
	is_number(item.value)
	item.value > 1000000000
	startswith(item.metadata.name, "genesysengage-")
}
