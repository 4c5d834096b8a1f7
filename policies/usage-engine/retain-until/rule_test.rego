package policies["usage-engine"]["retain-until_test"]

import data.policies["usage-engine"]["retain-until"] as rule

found(date, context) := result if {
	result := count(rule.findings) with input as {"context": context, "commands": [{
		"tool": "az", "args": [{"value": "backup"}, {"value": "protection"}, {"value": "backup-now"}],
		"flags": [object.union({"name": "retain-until", "word": 4, "at": 5}, date)],
	}]}
}

test_dates if {
	found({"value": "31-12-2099"}, {}) == 0
	found({"value": "1-2-2099"}, {}) == 0
	found({"value": "20-01-2025"}, {}) == 1
	found({"value": "2099-12-31"}, {}) == 1
	found({"value": "31-13-2099"}, {}) == 1
	found({}, {}) == 0
}

test_today if {
	found({"value": "05-03-2026"}, {"today": "2026-03-05"}) == 1
	found({"value": "06-03-2026"}, {"today": "2026-03-05"}) == 0
}
