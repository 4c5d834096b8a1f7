package policies["genesys-suite"]["docker-config_test"]

import data.policies["genesys-suite"]["docker-config"] as rule

count_for(text) := count(findings) if {
	findings := rule.findings with input as {"manifests": [
		{"kind": "Secret", "metadata": {"name": "x"}, "stringData": {".dockerconfigjson": text}},
	]}
}

test_logins if {
	count_for(`{"auths": {"r": {"auth": "dXNlcjpwYXNz"}}}`) == 0
	count_for(`{"auths": {"r": {"auth": ":(converted to base 64)"}}}`) == 1
	count_for(`{"auths": {"r": {"auth": "dXNlcjo="}}}`) == 1
	count_for(`{"auths": {"r": {"auth": "$AUTH"}}}`) == 0
	count_for(`{}`) == 1
}

test_encoding if {
	some finding in rule.findings with input as {"manifests": [
		{"kind": "Secret", "metadata": {"name": "x"}, "data": {".dockerconfigjson": "{not base64}"}},
	]}
	finding.path == ["data", ".dockerconfigjson"]
}
