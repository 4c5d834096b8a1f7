package policies["genesys-tenant"]["gws-before-tenant_test"]

import data.policies["genesys-tenant"]["gws-before-tenant"] as rule
import data.policies["genesys-tenant"].lib_test as fixture

tenant(name) := fixture.at(name, "west", {"tenant": {"gws": {"enable": "true"}}})

gauth := fixture.release("gauth", {"name": "gauth"}, {})

found(releases) := {object.get(f, "severity", "info") | some f in findings} if {
	findings := rule.findings with input as fixture.fleet(releases)
}

test_order if {
	found([gauth, tenant("a"), tenant("b")]) == set()
	found([tenant("a"), gauth, tenant("b")]) == {"warning"}
	found([tenant("a"), tenant("b")]) == {"info"}
	found([fixture.at("a", "west", {})]) == set()
}
