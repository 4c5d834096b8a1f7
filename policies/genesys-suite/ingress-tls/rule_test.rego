package policies["genesys-suite"]["ingress-tls_test"]

import data.policies["genesys-suite"]["ingress-tls"] as rule

facts(context, item, values) := {finding.facts[0] |
	some finding in rule.findings with input as {
		"context": context, "values": values,
		"manifests": [object.union({"kind": "Ingress", "metadata": {"name": "x"}}, item)],
	}
}

test_hosts if {
	open := {"spec": {"rules": [{"host": "gws.example.com"}]}}
	facts({"environment": "production"}, open, {}) == {"SUI-066"}
	facts({}, open, {}) == set()
	inside := {"spec": {"rules": [{"host": "gauth-int.example.com"}]}}
	facts({"environment": "production"}, inside, {}) == set()
}

test_secret if {
	facts({}, {"spec": {"tls": [{"hosts": ["a"]}]}}, {}) == {"SUI-081"}
	facts({}, {}, {"ingress": {"tls": [{"hosts": ["a"]}]}}) == {"SUI-081"}
	facts({}, {}, {"ingress": {"tls": [{"secretName": "a"}]}}) == set()
	facts({}, {}, {"ingress": {"tls": {}}}) == set()
}

test_backend if {
	facts({}, {}, {"ingress": {"annotations": {"nginx.ingress.kubernetes.io/backend-protocol": "HTTPS"}}}) == {"SUI-066"}
}

test_issuer if {
	issued := {"metadata": {"name": "x", "annotations": {"cert-manager.io/cluster-issuer": "ca"}}}
	facts({"thirdParty": {}}, issued, {}) == {"SUI-081"}
	facts({"thirdParty": {"cert-manager": {}}}, issued, {}) == set()
	facts({}, issued, {}) == set()
}
