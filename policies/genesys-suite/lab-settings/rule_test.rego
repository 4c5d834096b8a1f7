package policies["genesys-suite"]["lab-settings_test"]

import data.policies["genesys-suite"]["lab-settings"] as rule

count_for(values, environment) := count(findings) if {
	findings := rule.findings with input as {"values": values, "context": {"environment": environment}}
}

test_settings if {
	count_for({"edition": {"value": "Developer"}}, "production") == 1
	count_for({"edition": {"value": "Developer"}}, "lab") == 0
	count_for({"edition": {"value": "Standard"}}, "production") == 0
	count_for({"architecture": "standalone"}, "production") == 1
	count_for({"optional": {"securityContext": {}}, "services": {"replicas": 1}}, "production") == 0
	lab := {"optional": {"securityContext": {}}, "services": {"replicas": 1}, "redis": {"use_tls": false}}
	count_for(lab, "production") == 1
}
