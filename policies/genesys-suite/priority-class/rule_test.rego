package policies["genesys-suite"]["priority-class_test"]

import data.policies["genesys-suite"]["priority-class"] as rule

severities(value, more) := {finding.severity |
	some finding in rule.findings with input as object.union({"values": {"priorityClassName": value}}, more)
}

test_names if {
	every value, expected in {
		"genesysengage-critical-priority": set(),
		"genesysengage-high-priority": set(),
		"": set(),
		"critical": {"error"},
		"system-node-critical": {"error"},
	} {
		severities(value, {}) == expected
	}
	severities(null, {}) == set()
	severities({}, {}) == {"warning"}
	severities({"a": 1}, {}) == {"error"}
	severities(3, {}) == {"error"}
	severities("own", {"manifests": [{"kind": "PriorityClass", "metadata": {"name": "own"}}]}) == {"warning"}
}

test_meant if {
	some finding in rule.findings with input as {"values": {"optional": {"priorityClassName": "genesys-Low-prio"}}}
	endswith(finding.message, "write genesysengage-low-priority")
}

test_two_levels if {
	severities("low-or-critical", {}) == {"error"}
}

test_tenant_has_its_own_rule if {
	severities("critical", {"release": {"chart": {"name": "tenant"}}}) == set()
}
