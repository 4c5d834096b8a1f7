package policies["genesys-suite"]["elevated-rights_test"]

import data.policies["genesys-suite"]["elevated-rights"] as rule

count_for(name, pod) := count(findings) if {
	workload := {
		"kind": "Deployment", "metadata": {"name": name, "namespace": "gws"}, "spec": {"template": {"spec": pod}},
	}
	findings := rule.findings with input as {"manifests": [workload]}
}

test_rights if {
	count_for("gws", {"containers": [{"name": "c", "securityContext": {"privileged": true, "runAsUser": 0}}]}) == 2
	count_for("gws", {"hostNetwork": true, "containers": []}) == 1
	count_for("gws", {"securityContext": {"runAsUser": 500}, "containers": [{"name": "c"}]}) == 0
	count_for("consul-client", {"hostNetwork": true, "containers": []}) == 0
}
