package policies["genesys-tenant"]["third-party-version_test"]

import data.policies["genesys-tenant"]["third-party-version"] as rule

found(versions, tag) := {[object.get(f, "severity", "warning"), f.facts[0]] | some f in findings} if {
	findings := rule.findings with input as {
		"context": {"thirdParty": versions},
		"values": {"images": {"tenant": {"tag": tag}}},
	}
}

late := "100.0.1000076"

test_documented if {
	found({"kafka": "2.8.1", "consul": "1.13.3", "redis": "6.2.7", "postgresql": "11.16"}, late) == set()
	found({"kafka": 2.8, "consul": 1.13, "redis": 6, "postgresql": 11.2}, late) == set()
	found({"kafka": "$KAFKA"}, late) == set()
}

test_others if {
	found({"kafka": "3.6.0", "redis": "7.2.4"}, late) == {["warning", "TEN-032"], ["warning", "TEN-034"]}
	found({"kafka": 20.1, "redis": "60"}, late) == {["warning", "TEN-032"], ["warning", "TEN-034"]}
}

test_consul if {
	found({"consul": "1.8.0"}, late) == {["warning", "TEN-033"]}
	found({"consul": "1.10.3"}, late) == {["info", "TEN-033"]}
	found({"consul": "1.10.3"}, "100.0.1000015") == {["warning", "TEN-033"]}
	found({"consul": "1.10.3"}, "100.0.100.0015") == {["warning", "TEN-033"]}
	found({"consul": "1.10.3"}, "$TAG") == {["info", "TEN-033"]}
	found({"consul": "1.14.0"}, late) == {["warning", "TEN-033"]}
}

test_postgresql if {
	found({"postgresql": "10.21"}, late) == {["warning", "TEN-035"]}
	found({"postgresql": 14.5}, late) == {["warning", "TEN-035"]}
	found({"postgresql": "11.16"}, "100.0.1000040") == {["warning", "TEN-035"]}
	found({"postgresql": "110"}, late) == {["warning", "TEN-035"]}
}
