package policies["usage-engine"]["license-key_test"]

import data.policies["usage-engine"]["license-key"] as rule

found(old, new, to) := result if {
	result := [object.get(finding, "severity", "warning") | some finding in rule.findings] with input as {
		"previous": {"values": old, "release": {"chart": {"version": "4.0.0"}}},
		"values": new, "release": {"chart": {"version": to}},
	}
}

test_same_key if {
	found({"licenseKey": "a"}, {"licenseKey": "a"}, "4.1.0") == ["warning"]
	found({"licenseKey": "a"}, {"licenseKey": "b"}, "4.1.0") == []
	found({"licenseKey": "a"}, {"licenseKey": "a"}, "4.0.1") == []
	found({"licenseKey": "${KEY}"}, {"licenseKey": "${KEY}"}, "4.1.0") == []
}

test_lost_key if found({"licenseKey": "a"}, {}, "4.0.1") == ["warning"]

test_no_key if {
	found({}, {}, "4.1.0") == ["info"]
	found({}, {}, "4.0.1") == []
}

test_other_path if {
	found_at := [f.path | some f in rule.findings] with input as {
		"context": {"licenseKey": "license.key"},
		"previous": {"values": {"license": {"key": "a"}}, "release": {"chart": {"version": "4.0.0"}}},
		"values": {"license": {"key": "a"}}, "release": {"chart": {"version": "4.1.0"}},
	}
	found_at == [["license", "key"]]
}
