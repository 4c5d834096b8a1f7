package policies["genesys-tenant"]["copied-uuid_test"]

import data.policies["genesys-tenant"]["copied-uuid"] as rule

found(id, ctx) := findings if {
	findings := rule.findings with input as {"values": {"tenantid": id}, "context": ctx}
}

test_copied if {
	every id in ["9350e2fc-a1dd-4c65-8d40-1f75a2e080dd", "9350E2FC-A1DD-4C65-8D40-1F75A2E00100"] {
		count(found(id, {})) == 1
		count(found(id, {"allowUUIDs": ["0b5f9f3e-6a1d-4f0e-9a3c-5d2b7c1e0200"]})) == 1
		count(found(id, {"allowUUIDs": [id]})) == 0
	}
}

test_own if {
	every id in ["0b5f9f3e-6a1d-4f0e-9a3c-5d2b7c1e0200", "$TENANT_UUID", null] {
		count(found(id, {})) == 0
	}
}
