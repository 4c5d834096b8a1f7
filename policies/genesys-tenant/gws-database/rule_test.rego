package policies["genesys-tenant"]["gws-database_test"]

import data.policies["genesys-tenant"]["gws-database"] as rule

found(gws, consul, whole) := findings if {
	findings := rule.findings with input as {
		"values": {"tenant": {"gws": gws, "consul": consul}},
		"whole": whole,
	}
}

test_good if {
	all_on := {"enable": "true", "read": "true", "init": "true"}
	count(found({"enable": "true", "db": all_on}, {}, true)) == 0
	count(found({"db": {"enable": "false", "read": "false", "init": "false"}}, {}, true)) == 0
	count(found({"db": {"read": "true"}}, {}, false)) == 0
	count(found({"db": {"enable": "true"}}, {}, false)) == 0
}

test_parts_without_switch if {
	every db in [{"enable": "false", "read": "true", "init": "true"}, {"read": "true", "init": "true"}] {
		{finding.path[3] | some finding in found({"enable": "true", "db": db}, {}, true)} == {"read", "init"}
	}
}

test_switch_without_gws if {
	every gws in [{"enable": "false", "db": {"enable": "true"}}, {"db": {"enable": "true"}}] {
		[finding] := [f | some f in found(gws, {}, true)]
		finding.path == ["tenant", "gws", "db", "enable"]
	}
}

test_init_at_replica if {
	gws := {"enable": "true", "db": {"enable": "true", "init": "true"}}
	[finding] := [f | some f in found(gws, {"masterdc": "westus2", "homedc": "eastus"}, false)]
	finding.path == ["tenant", "gws", "db", "init"]
	count(found(gws, {"masterdc": "westus2", "homedc": "westus2"}, true)) == 0
}
