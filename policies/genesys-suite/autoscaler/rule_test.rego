package policies["genesys-suite"].autoscaler_test

import data.policies["genesys-suite"].autoscaler as rule

facts(chart, values) := {finding.facts[0] |
	some finding in rule.findings with input as {"release": {"chart": {"name": chart}}, "values": values}
}

hpa(bounds) := {"ges": {"deployment": {"hpa": object.union({"enabled": true}, bounds)}}}

test_bounds if {
	facts("ges", hpa({"mimimumReplicas": 6, "maximumReplicas": 5})) == {"SUI-176"}
	facts("ges", hpa({"mimimumReplicas": 3, "maximumReplicas": 5})) == set()
	facts("ges", hpa({"minimumReplicas": 3})) == {"SUI-168"}
	bad := {"minReplicas": 4, "maxReplicas": 2}
	facts("wwe-nginx", {"wwe": {"autoscaling": {"enabled": true}, "deployment": bad}}) == {"SUI-176"}
	facts("dcu", {"hpa": {"enabled": true}}) == {"SUI-170"}
	facts("voice-agent", {"hpa": {"enabled": true}}) == set()
}

test_objects if {
	some finding in rule.findings with input as {"manifests": [
		{"kind": "ScaledObject", "metadata": {"name": "x"}, "spec": {"minReplicaCount": 3, "maxReplicaCount": 2}},
	]}
	finding.manifest == 0
}
