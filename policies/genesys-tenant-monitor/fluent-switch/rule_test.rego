package policies["genesys-tenant-monitor"]["fluent-switch_test"]

import data.policies["genesys-tenant-monitor"]["fluent-switch"] as rule

found(fluent, whole) := findings if {
	findings := rule.findings with input as {"values": {"fluent": fluent}, "whole": whole}
}

on := {"stdout": {"enable": "true"}}

off := {"stdout": {"enable": "false"}}

test_good if {
	count(found({"enable": "true", "rawlogs": on}, true)) == 0
	count(found({"enable": "false", "rawlogs": off}, true)) == 0
	count(found({"rawlogs": on}, false)) == 0
	count(found({"enable": "$FLUENT", "jsonlogs": on}, true)) == 0
	count(found({"enable": "true", "rawlogs": {"stdout": {"enable": "$RAW"}}}, true)) == 0
}

test_main_switch if {
	[error] := [f | some f in found({"enable": "false", "rawlogs": on, "jsonlogs": on}, false)]
	count(error.related) == 2
	[info] := [f | some f in found({"rawlogs": on}, true)]
	info.severity == "info"
}

test_nothing_selected if {
	count(found({"enable": "true"}, false)) == 1
	count(found({"enable": "true", "rawlogs": off, "jsonlogs": off}, false)) == 1
	count(found({"enable": "true", "rawlogs": {"enable": "true"}}, false)) == 0
}
