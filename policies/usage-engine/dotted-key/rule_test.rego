package policies["usage-engine"]["dotted-key_test"]

import data.policies["usage-engine"]["dotted-key"] as rule

test_dots if {
	values := {"debug.log.level.jetty": "off", "debug": {"a.b": 1}, "example.com/x": 1}
	[f.path | some f in rule.findings] == [["debug.log.level.jetty"]] with input as {"values": values, "layers": []}
}

test_chart_knows if {
	layers := [{"kind": "chart", "values": {"a": {"b": 1}}}]
	count(rule.findings) == 1 with input as {"values": {"a.b": 2, "a.c": 3}, "layers": layers}
}
