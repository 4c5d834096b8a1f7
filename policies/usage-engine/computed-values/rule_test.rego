package policies["usage-engine"]["computed-values_test"]

import data.policies["usage-engine"]["computed-values"] as rule

defaults := {sprintf("k%d", [i]): i | some i in numbers.range(1, 30)}

found(values) := result if {
	result := count(rule.findings) with input as {"layers": [
		{"kind": "chart", "values": defaults},
		{"kind": "file", "values": values},
	]}
}

test_all if found(defaults) == 1

test_some if found({"k1": 1, "k2": 3}) == 0

test_changed if found({key: changed | some key, value in defaults; changed := value + 1}) == 0

test_small_chart if {
	layers := [{"kind": "chart", "values": {"a": 1}}, {"kind": "file", "values": {"a": 1}}]
	count(rule.findings) == 0 with input as {"layers": layers}
}

test_old_chart if {
	layers := [{"kind": "file", "values": defaults}]
	count(rule.findings) == 1 with input as {"layers": layers, "change": {"old_defaults": defaults}}
}
