package policies["genesys-tenant"]["upgrade-service-user_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["upgrade-service-user"] as rule

found(before, after) := count(findings) if {
	findings := rule.findings with input as fixture.upgrade(before, after)
}

user(name) := {"tenant": {"serviceuser": name}}

test_users if {
	found(user("default"), user("admin")) == 1
	found(user("default"), user("default")) == 0
	found(user("default"), {}) == 0
	found(user("default"), user("$USER")) == 0
}
