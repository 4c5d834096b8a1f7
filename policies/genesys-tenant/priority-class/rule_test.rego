package policies["genesys-tenant"]["priority-class_test"]

import data.policies["genesys-tenant"]["priority-class"] as rule

severities(name, more) := {finding.severity | some finding in findings} if {
	findings := rule.findings with input as object.union({"values": {"priorityClassName": name}}, more)
}

class(name) := {"kind": "PriorityClass", "metadata": {"name": name}}

test_names if {
	every name, expected in {
		"genesysengage-critical-priority": set(),
		"genesysengage-medium-priority": {"info"},
		"critical": {"warning"},
		"": set(),
	} {
		severities(name, {}) == expected
	}
}

test_meant_name if {
	findings := rule.findings with input as {"values": {"tenant": {"priorityClassName": "Low"}}}
	some finding in findings
	endswith(finding.message, "write \"genesysengage-low-priority\"")
}

test_given_classes if {
	severities("my-class", {"manifests": [class("my-class")]}) == set()
	severities("my-class", {"manifests": [class("other")]}) == {"warning"}
	severities("system-cluster-critical", {"manifests": [], "manifests_complete": true}) == {"warning"}
	severities("genesysengage-critical-priority", {"manifests": [{"kind": "Secret"}]}) == set()
	severities("genesysengage-critical-priority", {"manifests": [], "manifests_complete": true}) == {"error"}
}
