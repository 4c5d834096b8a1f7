package policies["genesys-tenant"]["gws-first_test"]

import data.policies["genesys-tenant"]["gws-first"] as rule

found(enable) := findings if {
	findings := rule.findings with input as {"values": {"tenant": {"gws": {"enable": enable}}}}
}

test_on if count(found("true")) == 1

test_off if {
	every enable in ["false", "$GWS", null] {
		count(found(enable)) == 0
	}
}
