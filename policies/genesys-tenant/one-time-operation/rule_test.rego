package policies["genesys-tenant"]["one-time-operation_test"]

import data.policies["genesys-tenant"]["one-time-operation"] as rule

found(type) := findings if {
	findings := rule.findings with input as {"values": {"tenant": {"deployment": {"type": type}}}}
}

test_operation if {
	every type in ["maintenance", "cleanup"] {
		count(found(type)) == 1
	}
}

test_running if {
	every type in ["full", "Full", "$TYPE", null] {
		count(found(type)) == 0
	}
}
