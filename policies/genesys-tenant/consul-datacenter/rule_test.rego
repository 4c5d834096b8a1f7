package policies["genesys-tenant"]["consul-datacenter_test"]

import data.policies["genesys-tenant"]["consul-datacenter"] as rule

found(consul, whole) := findings if {
	findings := rule.findings with input as {"values": {"tenant": {"consul": consul}}, "whole": whole}
}

test_good if {
	count(found({"masterdc": "westus2", "homedc": "west_us-2"}, true)) == 0
	count(found({"masterdc": "$DC", "homedc": "$DC"}, true)) == 0
	count(found({}, true)) == 0
	count(found({"masterdc": "westus2"}, false)) == 0
}

test_one_without_the_other if {
	every given, missing in {"masterdc": "homedc", "homedc": "masterdc"} {
		[finding] := [f | some f in found({given: "westus2"}, true)]
		finding.path[2] == missing
		contains(finding.message, sprintf("has %s but not %s", [given, missing]))
	}
}

test_upper_case if {
	[finding] := [f | some f in found({"masterdc": "WestUS2", "homedc": "westus2"}, true)]
	contains(finding.message, `write "westus2"`)
}

test_other_characters_are_left_to_the_schema if count(found({"masterdc": "West US 2", "homedc": "x"}, true)) == 0
