package policies["genesys-suite"]["priority-class-object_test"]

import data.policies["genesys-suite"]["priority-class-object"] as rule

class(level, value) := {
	"kind": "PriorityClass", "metadata": {"name": sprintf("genesysengage-%s-priority", [level])}, "value": value,
}

facts(manifests) := {finding.facts[0] | some finding in rule.findings with input as {"manifests": manifests}}

test_values if {
	facts([class("critical", 10000000), class("low", 0)]) == set()
	facts([class("critical", 1000000)]) == {"SUI-145"}
	facts([class("critical", 2000000000)]) == {"SUI-146"}
	facts([class("low", 0), class("low", 0)]) == {"SUI-151"}
	facts([object.union(class("low", 0), {"globalDefault": true})]) == {"SUI-151"}
	facts([{"kind": "PriorityClass", "metadata": {"name": "own"}, "value": 2000000000, "globalDefault": true}]) == set()
}

test_missing_class if {
	findings := rule.findings with input as {
		"manifests": [class("low", 0)], "release": {"chart": {"name": "ges"}},
		"values": {"ges": {"priorityClassName": "genesysengage-high-priority"}},
	}
	count(findings) == 1
}
