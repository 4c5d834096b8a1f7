package policies["genesys-tenant"]["sip-domain_test"]

import data.policies["genesys-tenant"]["sip-domain"] as rule

uuid := "0b5f9f3e-6a1d-4f0e-9a3c-5d2b7c1e0200"

found(id, general, whole) := findings if {
	findings := rule.findings with input as {
		"values": {"tenantid": id, "tenant": {"general": general}},
		"whole": whole,
	}
}

test_good if {
	every domain in [
		"t0200.voice.example.com",
		"t200.voice.example.com",
		"T0200.voice.example.com",
		"tea.example.com",
		"test.example.com",
		"voice.example.com",
		"$SIP_DOMAIN",
		"t$SID.example.com",
	] {
		count(found(uuid, {"sipDomain": domain}, true)) == 0
	}
}

test_missing if {
	count(found(uuid, {}, true)) == 1
	count(found(uuid, {}, false)) == 0
	count(found(uuid, {"sipDomain": null}, true)) == 0
}

test_single_label if {
	[finding] := [f | some f in found(uuid, {"sipDomain": "voice"}, false)]
	contains(finding.message, "has one label only")
}

test_other_tenant if {
	every domain in ["t0100.voice.example.com", "t100.voice.example.com", "tabcd.voice.example.com"] {
		[finding] := [f | some f in found(uuid, {"sipDomain": domain}, false)]
		finding.severity == "info"
		contains(finding.message, `the short id of this tenant is "0200"`)
	}
	count(found("$ID", {"sipDomain": "t0100.voice.example.com"}, false)) == 0
}
