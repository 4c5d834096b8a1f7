package policies["genesys-tenant"]["consul-name_test"]

import data.policies["genesys-tenant"]["consul-name"] as rule

uuid := "0b5f9f3e-6a1d-4f0e-9a3c-5d2b7c1e0200"

found(id, name) := findings if {
	findings := rule.findings with input as {"values": {
		"tenantid": id,
		"tenant": {"deployment": {"nameOverride": name}},
	}}
}

test_good if {
	every name in ["tenant", concat("", ["tenant-", uuid]), "tenant-${ID}", "$NAME", 5] {
		count(found(uuid, name)) == 0
	}
	count(found("$ID", "tenant-9350e2fc-a1dd-4c65-8d40-1f75a2e00100")) == 0
}

test_other_tenant if {
	[finding] := [f | some f in found(uuid, "tenant-9350e2fc-a1dd-4c65-8d40-1f75a2e00100")]
	finding.severity == "error"
}

test_other_form if {
	every name in ["t0200", "", uuid, "tenant-0200"] {
		[finding] := [f | some f in found(uuid, name)]
		not finding.severity
		contains(finding.message, concat("", [`write "tenant" or "tenant-`, uuid, `"`]))
	}
}
