package policies["genesys-tenant"]["vendor-registry_test"]

import data.policies["genesys-tenant"]["vendor-registry"] as rule

found(registry) := findings if {
	findings := rule.findings with input as {"values": {"images": {"registry": registry}}}
}

test_vendor if {
	every registry in [
		"pureengage-docker-staging.jfrog.io",
		"pureengage.jfrog.io/path",
		"pureengage.JFROG.io:443/path",
	] {
		count(found(registry)) == 1
	}
}

test_own if {
	every registry in ["r.example.com", "jfrog.io.example.com", "r.example.com/jfrog.io", "$REGISTRY", null] {
		count(found(registry)) == 0
	}
}
