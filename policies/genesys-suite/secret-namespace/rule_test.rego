package policies["genesys-suite"]["secret-namespace_test"]

import data.policies["genesys-suite"]["secret-namespace"] as rule

secret(name, namespace) := {"kind": "Secret", "metadata": {"name": name, "namespace": namespace}}

deployment(namespace, spec) := {
	"kind": "Deployment", "metadata": {"name": "ges", "namespace": namespace}, "spec": {"template": {"spec": spec}},
}

count_for(manifests, complete) := count(findings) if {
	findings := rule.findings with input as {"manifests": manifests, "manifests_complete": complete}
}

volume := {"volumes": [{"name": "s", "secret": {"secretName": "x"}}]}

env := {"containers": [{"name": "c", "env": [{"valueFrom": {"secretKeyRef": {"name": "x"}}}]}]}

test_namespaces if {
	count_for([secret("x", "voice"), deployment("ges", volume)], false) == 1
	count_for([secret("x", "ges"), deployment("ges", volume)], false) == 0
	count_for([secret("x", "ges"), secret("x", "voice"), deployment("ges", volume)], false) == 0
	count_for([secret("x", "voice"), deployment("ges", env)], false) == 1
	count_for([secret("x", "voice"), deployment("ges", {"imagePullSecrets": [{"name": "x"}]})], false) == 1
	count_for([deployment("ges", volume)], false) == 0
	count_for([{"kind": "Secret", "metadata": {"name": "x"}}, deployment("ges", volume)], false) == 0
	count_for([deployment("ges", volume)], true) == 1
}
