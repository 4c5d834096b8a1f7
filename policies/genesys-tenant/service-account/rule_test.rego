package policies["genesys-tenant"]["service-account_test"]

import data.policies["genesys-tenant"]["service-account"] as rule

uuid := "0b5f9f3e-6a1d-4f0e-9a3c-5d2b7c1e0200"

found(id, account, tenant) := findings if {
	findings := rule.findings with input as {"values": {
		"tenantid": id,
		"serviceAccount": account,
		"tenant": tenant,
	}}
}

consul := {"secrets": {"consul": {"acl": {"secretName": "consul-voice-token"}}}}

test_good if {
	count(found(uuid, {"create": true}, consul)) == 0
	count(found(uuid, {"create": false}, {})) == 0
	every account in [
		{"name": concat("", ["tenant-", uuid])},
		{"create": false, "name": concat("", ["tenant-", uuid])},
		{"name": "tenant-${ID}"},
		{"name": ""},
	] {
		count(found(uuid, account, {})) == 0
	}
}

test_unknown_tenantid if {
	count(found("$ID", {"name": "tenant-9350e2fc-a1dd-4c65-8d40-1f75a2e00100"}, {})) == 0
	[finding] := [f | some f in found("$ID", {"name": "t0100"}, {})]
	contains(finding.message, `write "tenant-<tenantid>" or remove the name`)
}

test_name_override if count(found(uuid, {"name": "tenant"}, {"deployment": {"nameOverride": "tenant"}})) == 0

test_other_name if {
	every name in ["t0200", "tenant", "tenant-9350e2fc-a1dd-4c65-8d40-1f75a2e00100"] {
		count(found(uuid, {"name": name}, {})) == 1
	}
}

test_default_account if {
	every account in [{"create": false}, {"create": false, "name": ""}] {
		[finding] := [f | some f in found(uuid, account, consul)]
		finding.path == ["serviceAccount", "create"]
	}
}

test_given_account if {
	count(rule.findings) == 0 with input as {
		"values": {"tenantid": uuid, "serviceAccount": {"create": false}, "tenant": consul},
		"manifests": [{"kind": "ServiceAccount", "metadata": {"name": concat("", ["tenant-", uuid])}}],
	}
}
