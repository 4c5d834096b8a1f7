package policies["genesys-tenant"]["gws-tls_test"]

import data.policies["genesys-tenant"]["gws-tls"] as rule

found(tls) := findings if {
	findings := rule.findings with input as {"values": {"tenant": {"gws": {"tls": tls}}}}
}

test_on if count(found(true)) == 1

test_off if {
	every tls in [false, null, "false", "true"] {
		count(found(tls)) == 0
	}
}
