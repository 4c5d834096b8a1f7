package policies["genesys-tenant"].affinity_test

import data.policies["genesys-tenant"].affinity as rule

found(values, whole, ctx) := findings if {
	findings := rule.findings with input as {"values": values, "whole": whole, "context": ctx}
}

two := {"replicaCount": 2}

required(term) := {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [term]}}

preferred(term) := {"podAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [{
	"weight": 1,
	"podAffinityTerm": term,
}]}}

good := {"topologyKey": "topology.kubernetes.io/zone", "labelSelector": {"matchLabels": {"a": "b"}}}

test_good if {
	every affinity in [required(good), preferred(good), {"nodeAffinity": {}}, true, "false", null] {
		count(found({"tenant": {"deployment": two, "affinity": affinity}}, false, {})) == 0
	}
}

test_terms if {
	old := object.union(good, {"topologyKey": "failure-domain.beta.kubernetes.io/zone"})
	torn := object.union(good, {"topologyKey": "failure-domain.beta. kubernetes.io/zone"})
	every affinity in [required(old), preferred(old)] {
		[finding] := [f | some f in found({"affinity": affinity, "tenant": {"deployment": two}}, false, {})]
		contains(finding.message, `write "topology.kubernetes.io/zone"`)
		not finding.severity
	}
	[finding] := [f | some f in found({"tenant": {"deployment": two, "affinity": required(torn)}}, false, {})]
	finding.severity == "warning"
}

test_no_selector if {
	affinity := required({"topologyKey": "kubernetes.io/hostname"})
	[finding] := [f | some f in found({"tenant": {"deployment": two, "affinity": affinity}}, false, {})]
	finding.path[count(finding.path) - 1] == "labelSelector"
	contains(finding.message, "matches no pod")
}

test_single_node if {
	one := {"tenant": {"deployment": {"replicaCount": 1}, "affinity": required(good)}}
	absent := {"tenant": {"affinity": "true"}}
	every values in [one, absent] {
		[finding] := [f | some f in found(values, true, {})]
		contains(finding.message, "no effect on a single node")
	}
	count(found(absent, false, {})) == 0
	count(found({"tenant": {"affinity": preferred(good)}}, true, {})) == 0
}

test_production_without_affinity if {
	count(found({"tenant": {"deployment": two}}, true, {"profile": "production"})) == 1
	count(found({"tenant": {"deployment": two}}, true, {})) == 0
	count(found({"tenant": {"deployment": two}}, false, {"profile": "production"})) == 0
	count(found({"tenant": {"deployment": two}, "affinity": required(good)}, true, {"profile": "production"})) == 0
}
