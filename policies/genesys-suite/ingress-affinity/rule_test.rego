package policies["genesys-suite"]["ingress-affinity_test"]

import data.policies["genesys-suite"]["ingress-affinity"] as rule

count_for(annotations) := count(findings) if {
	findings := rule.findings with input as {"manifests": [
		{"kind": "Ingress", "metadata": {"name": "cxc", "namespace": "cxc", "annotations": annotations}},
	]}
}

test_affinity if {
	count_for({}) == 1
	count_for({"nginx.ingress.kubernetes.io/affinity": "cookie"}) == 0
}

service(spec) := {"kind": "Service", "metadata": {"name": "ingress-nginx-controller", "namespace": "n"}, "spec": spec}

test_addresses if {
	count(rule.findings) == 1 with input as {"manifests": [service({"type": "LoadBalancer"})]}
	rule.findings == set() with input as {"manifests": [
		service({"type": "LoadBalancer", "externalTrafficPolicy": "Local"}),
	]}
	rule.findings == set() with input as {"manifests": [
		service({"type": "LoadBalancer"}),
		{"kind": "ConfigMap", "metadata": {"name": "c", "namespace": "n"}, "data": {"use-forwarded-headers": "true"}},
	]}
}
