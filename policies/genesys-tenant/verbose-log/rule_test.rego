package policies["genesys-tenant"]["verbose-log_test"]

import data.policies["genesys-tenant"]["verbose-log"] as rule

found(level, profile) := findings if {
	findings := rule.findings with input as {
		"values": {"tenant": {"logging": {"level": level}}},
		"context": {"profile": profile},
	}
}

test_production if {
	count(found("noise", "production")) == 1
	count(found("debug", "production")) == 1
}

test_silent if {
	count(found("info", "production")) == 0
	count(found("noise", "test")) == 0
	count(found("$LEVEL", "production")) == 0
}
