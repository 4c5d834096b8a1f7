package policies["genesys-suite"]["recommended-priority_test"]

import data.policies["genesys-suite"]["recommended-priority"] as rule

severities(chart, values) := {finding.severity |
	some finding in rule.findings with input as {"release": {"chart": {"name": chart}}, "values": values}
}

test_levels if {
	severities("gvp-rm", {"priorityClassName": "genesysengage-low-priority"}) == {"warning"}
	severities("gvp-rm", {"priorityClassName": "genesysengage-critical-priority"}) == set()
	severities("iwddm-cronjob", {"iwddm": {"priorityClassName": "genesysengage-high-priority"}}) == {"info"}
	severities("gauth", {"optional": {"priorityClassName": ""}}) == {"info"}
	severities("gauth", {}) == set()
	severities("gvp-sd", {"priorityClassName": ""}) == set()
	severities("gvp-rm", {"priorityClassName": "own"}) == set()
}

test_workload if {
	pod := {"containers": [], "priorityClassName": "genesysengage-low-priority"}
	workload := {
		"kind": "StatefulSet", "metadata": {"name": "tenant", "namespace": "voice"}, "spec": {"template": {"spec": pod}},
	}
	some finding in rule.findings with input as {"manifests": [workload]}
	finding.facts == ["SUI-149", "SUI-152"]
}
