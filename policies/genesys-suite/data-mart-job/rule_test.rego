package policies["genesys-suite"]["data-mart-job_test"]

import data.policies["genesys-suite"]["data-mart-job"] as rule

test_kinds if {
	deployment := {"kind": "Deployment", "metadata": {"name": "iwddm-t100", "namespace": "iwddm"}}
	count(rule.findings) == 1 with input as {"manifests": [deployment]}
	rule.findings == set() with input as {"manifests": [object.union(deployment, {"kind": "CronJob"})]}
}

test_tenants if {
	count(rule.findings) == 1 with input as {"context": {"service": "iwddm", "tenants": ["t100", "t200"]}}
	rule.findings == set() with input as {"context": {"service": "iwddm", "tenants": ["t100"]}}
}
