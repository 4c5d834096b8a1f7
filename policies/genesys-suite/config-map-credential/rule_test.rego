package policies["genesys-suite"]["config-map-credential_test"]

import data.policies["genesys-suite"]["config-map-credential"] as rule

count_for(key, value) := count(findings) if {
	findings := rule.findings with input as {"manifests": [
		{"kind": "ConfigMap", "metadata": {"name": "x"}, "data": {key: value}},
	]}
}

test_keys if {
	count_for("REDIS_PASSWORD", "hunter2") == 1
	count_for("REDIS_PASSWORD", "$REDIS_PASSWORD") == 0
	count_for("REDIS_PASSWORD", "/opt/secret") == 0
	count_for("DES_ES_PORT", "9200") == 0
	count_for("tokenizer", "x") == 0
}
