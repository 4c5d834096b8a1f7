package policies["genesys-suite"]["pull-secret_test"]

import data.policies["genesys-suite"]["pull-secret"] as rule

count_for(chart, values) := count(findings) if {
	findings := rule.findings with input as {"release": {"chart": {"name": chart}}, "values": values}
}

test_forms if {
	count_for("gim", {"imagePullSecrets": {"pullsecret": {}}}) == 0
	count_for("gim", {"imagePullSecrets": [{"name": "pullsecret"}]}) == 1
	count_for("voice-agent", {"image": {"imagePullSecrets": "pullsecret"}}) == 0
	count_for("voice-agent", {"image": {"imagePullSecrets": [{"name": "x"}]}}) == 1
	count_for("gcxi", {"gcxi": {"imagePullSecrets": ["x"]}}) == 0
	count_for("bds-cronjob", {"bdsApp": {"image": {"pullSecrets": {"name": "x"}}}}) == 0
	count_for("gauth", {"image": {"imagePullSecrets": []}}) == 0
	count_for("gauth", {"image": {"pullSecrets": [{"name": "x"}]}}) == 1
	count_for("gauth", {"image": {"imagePullSecrets": "$SECRETS"}}) == 0
}
