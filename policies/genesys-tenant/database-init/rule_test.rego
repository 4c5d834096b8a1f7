package policies["genesys-tenant"]["database-init_test"]

import data.policies["genesys-tenant"]["database-init"] as rule

found(enable, master, home) := findings if {
	findings := rule.findings with input as {"values": {
		"images": {"pgdbInit": {"enable": enable}},
		"tenant": {"consul": {"masterdc": master, "homedc": home}},
	}}
}

test_master if {
	count(found("false", "westus2", "westus2")) == 1
	count(found("false", "$DC", "${DC}")) == 1
}

test_silent if {
	count(found("true", "westus2", "westus2")) == 0
	count(found("false", "westus2", "eastus2")) == 0
	count(found("false", "$MASTER", "westus2")) == 0
	count(found("false", "", "")) == 0
}
