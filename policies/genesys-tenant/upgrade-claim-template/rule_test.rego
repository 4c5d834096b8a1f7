package policies["genesys-tenant"]["upgrade-claim-template_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["upgrade-claim-template"] as rule

found(before, after) := count(findings) if {
	findings := rule.findings with input as fixture.upgrade(before, after)
}

claim(enabled, size) := {"tenant": {"logging": {"volumes": {"logPvc": {"enabled": enabled, "logClaimSize": size}}}}}

test_template if {
	found(claim("true", "5Gi"), claim("true", "50Gi")) == 1
	found(claim("true", "5Gi"), {}) == 1
	found({}, claim("true", "5Gi")) == 1
	found(claim("false", "5Gi"), claim("false", "50Gi")) == 0
	found(claim("true", "5Gi"), claim("true", "$SIZE")) == 0
}
