package policies["genesys-tenant"]["read-only-root_test"]

import data.policies["genesys-tenant"]["read-only-root"] as rule

found(value) := findings if {
	findings := rule.findings with input as {"values": {"tenant": {"containerSecurityContext": {
		"readOnlyRootFilesystem": value,
	}}}}
}

test_read_only if count(found(true)) == 1

test_writable if {
	every value in [false, null, "$READ_ONLY", "true"] {
		count(found(value)) == 0
	}
}
