package policies["genesys-tenant"]["upgrade-versions_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["upgrade-versions"] as rule

found(chart_before, tag_before, chart_after, tag_after) := count(findings) if {
	findings := rule.findings with input as {
		"values": {"images": {"tenant": {"tag": tag_after}}},
		"release": {"chart": {"version": chart_after}},
		"previous": {
			"values": {"images": {"tenant": {"tag": tag_before}}},
			"release": {"chart": {"version": chart_before}},
		},
	}
}

test_together if {
	found("1.0", "2.0", "1.1", "2.1") == 0
	found("1.0", "2.0", "1.1", "2.0") == 1
	found("1.0", "2.0", "1.0", "2.1") == 1
	found("1.0", "2.1", "1.0", "2.0") == 0
	found("1.0", "2.0", "1.0", "2.0") == 0
}

test_unknown_chart if {
	values := {"images": {"tenant": {"tag": "1"}}}
	count(rule.findings) == 0 with input as fixture.upgrade(values, {"images": {"tenant": {"tag": "2"}}})
}
