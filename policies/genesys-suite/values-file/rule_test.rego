package policies["genesys-suite"]["values-file_test"]

import data.policies["genesys-suite"]["values-file"] as rule

count_for(service, name) := count(findings) if {
	findings := rule.findings with input as {"context": {"service": service, "files": [name]}}
}

test_names if {
	count_for("gws", "values_gauth.yaml") == 1
	count_for("gauth", "values_gauth.yaml") == 0
	count_for("gauth", "values.yaml") == 0
	count_for("gauth", "gauth/override_values.yaml") == 0
	count_for("tenant", "voice-values.yaml") == 0
	count_for("gws", "common.yaml") == 0
}
