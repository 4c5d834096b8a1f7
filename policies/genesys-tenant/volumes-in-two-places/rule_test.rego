package policies["genesys-tenant"]["volumes-in-two-places_test"]

import data.policies["genesys-tenant"]["volumes-in-two-places"] as rule

found(values, more) := findings if {
	findings := rule.findings with input as object.union({"values": values, "expanded": values}, more)
}

test_one_place if {
	found({"volumes": [], "tenant": {"volumeMounts": []}}, {}) == set()
	found({"tenant": {"volumes": "text"}}, {}) == set()
	found({"volumes": [], "tenant": {"volumes": {"log": []}}}, {}) == set()
}

test_both_places if {
	values := {"volumes": [], "initVolumeMounts": [], "tenant": {"volumes": "$VOLUMES", "initVolumeMounts": []}}
	findings := found(values, {})
	{finding.path[1] | some finding in findings} == {"volumes", "initVolumeMounts"}
	every finding in findings {
		finding.holds
	}
}
