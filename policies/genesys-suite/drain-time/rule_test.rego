package policies["genesys-suite"]["drain-time_test"]

import data.policies["genesys-suite"]["drain-time"] as rule

count_for(values, manifests) := count(findings) if {
	findings := rule.findings with input as {"values": values, "manifests": manifests}
}

workload(spec) := {"kind": "StatefulSet", "metadata": {"name": "x"}, "spec": {"template": {"spec": spec}}}

test_times if {
	count_for({"terminationGracePeriod": 30}, []) == 1
	count_for({"terminationGracePeriod": 3600}, []) == 0
	count_for({}, []) == 0
	count_for({}, [workload({"nodeSelector": {"pool": "realtime"}})]) == 1
	count_for({}, [workload({"nodeSelector": {"pool": "realtime"}, "terminationGracePeriodSeconds": 3600})]) == 0
	count_for({}, [workload({"nodeSelector": {"pool": "general"}})]) == 0
}
