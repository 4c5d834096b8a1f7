package policies["genesys-suite"]["monitoring-switch_test"]

import data.policies["genesys-suite"]["monitoring-switch"] as rule

count_for(values, chart) := count(findings) if {
	findings := rule.findings with input as {"values": values, "release": {"chart": {"name": chart}}}
}

test_switches if {
	count_for({"monitoring": {"enabled": "yes"}}, "iwd") == 1
	count_for({"monitoring": {"enabled": true}}, "iwd") == 0
	count_for({"ges": {"monitoring": {"enabled": "true"}}}, "ges") == 0
	count_for({"gcxi": {"deployment": {"deployServiceMonitor": "false"}}}, "gcxi") == 1
}
