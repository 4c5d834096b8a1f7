package policies["genesys-tenant"]["release-name_test"]

import data.policies["genesys-tenant"]["release-name"] as rule

found(name, tenantid) := {f.severity | some f in findings} if {
	findings := rule.findings with input as {"release": {"name": name}, "values": {"tenantid": tenantid}}
}

uuid := "9350e2fc-a1dd-4c65-8d40-1f75a2e00100"

test_names if {
	every name, severities in {
		"t0100": set(),
		"voice-t0100": set(),
		"t100": {"info"},
		"t0200": {"warning"},
		"voice-t200": {"warning"},
		"voice-0100": {"warning"},
		"acme": {"info"},
		"my tenant": {"error"},
		"T0100": {"error"},
		"$RELEASE": set(),
	} {
		found(name, uuid) == severities
	}
}

test_upper_case_id if found("ta1b2", "9350e2fc-a1dd-4c65-8d40-1f75a2e0A1B2") == set()

test_unknown_id if {
	found("t0200", "$ID") == set()
	found("My", "$ID") == {"error"}
}

test_other_chart if found("tenant-monitor", uuid) == set()

test_file_name if {
	layers := [
		{"kind": "file", "name": "x/tenant-monitor-values.yaml", "values": {"tenantid": "$ID"}},
		{"kind": "file", "name": "tenant-values.yaml", "values": {"tenantid": "$ID"}},
	]
	findings := rule.findings with input as {"values": {"tenantid": "$ID"}, "layers": layers}
	[f.facts | some f in findings] == [["TEN-134"]]
}

test_length if found(concat("", ["t" | some _ in numbers.range(1, 54)]), uuid) == {"error"}
