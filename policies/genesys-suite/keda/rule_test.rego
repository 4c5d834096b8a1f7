package policies["genesys-suite"].keda_test

import data.policies["genesys-suite"].keda as rule

count_for(values, more) := count(findings) if {
	findings := rule.findings with input as object.union({"values": values}, more)
}

on(address) := {"deployment": {"keda": true}, "gateway": {"scaling": {"prometheusAddress": address}}}

test_address if {
	count_for(on(""), {}) == 1
	count_for(on("http://prometheus:9090"), {}) == 0
	count_for({"deployment": {"keda": true}}, {}) == 0
	count_for({"deployment": {"keda": false}, "gateway": {"scaling": {"prometheusAddress": ""}}}, {}) == 0
}

test_plan if {
	count_for(on("x"), {"context": {"thirdParty": {}}}) == 1
	count_for(on("x"), {"context": {"thirdParty": {"keda": {"version": "2.8"}}}}) == 0
}

hpa := {"kind": "HorizontalPodAutoscaler", "metadata": {"name": "x"}, "spec": {
	"scaleTargetRef": {"name": "x"}, "metrics": [
		{"type": "Resource", "resource": {"name": "cpu"}}, {"type": "External", "external": {}},
	],
}}

test_objects if {
	count_for({}, {"manifests": [hpa]}) == 1
	scaled := {"kind": "ScaledObject", "metadata": {"name": "x"}, "spec": {"scaleTargetRef": {"name": "x"}}}
	count_for({}, {"manifests": [hpa, scaled]}) == 2
}
