package policies["genesys-suite"]["missing-product_test"]

import data.policies["genesys-suite"]["missing-product"] as rule

found(listed) := {[finding.severity, finding.facts[0]] |
	some finding in rule.findings with input as {
		"context": {"thirdParty": listed},
		"releases": [{"context": {"service": "ges"}, "packs": ["genesys-suite"], "release": {}, "values": {}}],
	}
}

test_each_product if {
	found({}) == {["error", "SUI-041"], ["error", "SUI-087"], ["error", "SUI-090"]}
	found({"redis-ges": {"usedBy": ["ges"]}, "consul": {}, "postgresql": {"usedBy": ["Callback"]}}) == set()
	found({"redis": {"usedBy": ["gws"]}, "consul": {}, "postgresql": {}}) == {["error", "SUI-041"]}
}

test_one_chapter_alone if {
	severities := {finding.severity |
		some finding in rule.findings with input as {
			"context": {"thirdParty": {"redis": {}, "elasticsearch": {}}},
			"releases": [{"context": {"service": "cxc"}, "packs": ["genesys-suite"], "release": {}, "values": {}}],
		}
	}
	severities == {"warning"}
}
