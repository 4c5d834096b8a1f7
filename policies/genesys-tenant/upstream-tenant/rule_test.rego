package policies["genesys-tenant"]["upstream-tenant_test"]

import data.policies["genesys-tenant"]["upstream-tenant"] as rule

uuid := "0b5f9f3e-6a1d-4f0e-9a3c-5d2b7c1e0200"

found(id, names) := findings if {
	findings := rule.findings with input as {"values": {
		"tenantid": id,
		"tenant": {"general": {"upstreamServices": names}},
	}}
}

test_good if {
	every names in [
		concat("", ["ixn-server-", uuid, ":7120"]),
		"ixn-server-{{ $.Values.tenantid }}:7120,ixn-vqnode-{{.Values.tenantid}}:7122",
		"ixn-server-${OTHER}:7120",
		"voice-sipfe:9101",
		"ixn-server:7120",
	] {
		count(found(uuid, names)) == 0
	}
}

test_unknown_tenantid if {
	count(found("$ID", "ixn-server-${ID}:7120")) == 0
	count(found("$ID", "ixn-server-9350e2fc-a1dd-4c65-8d40-1f75a2e00100:7120")) == 0
	count(found(null, "ixn-server-9350e2fc-a1dd-4c65-8d40-1f75a2e00100:7120")) == 0
}

test_other_tenant if {
	some finding in found(uuid, "ixn-server-9350e2fc-a1dd-4c65-8d40-1f75a2e00100:7120")
	contains(finding.message, "belongs to another tenant than tenantid")
	finding.related[0].path == ["tenantid"]
	not finding.severity
}

test_wrong_expression_and_braces if {
	every name, want in {
		"ixn-server-{{ .Values.tenant.id }}:7120": "unknown expression",
		"ixn-server-{{ $.Values.tenantid }}-0:7120": "unknown expression",
		"ixn-vqnode-{ $.Values.tenantid }:7122": "damaged braces",
		"ixn-vqnode-$.Values.tenantid }}:7122": "damaged braces",
	} {
		[finding] := [f | some f in found("$ID", name)]
		contains(finding.message, want)
		finding.holds
	}
}

test_short_id_is_a_warning if {
	[finding] := [f | some f in found(uuid, "ixn-server-0200:7120")]
	finding.severity == "warning"
	contains(finding.message, `ends in "0200" instead of the tenant id (that is its short form); write ixn-server-0b5f`)
}

test_other_text_is_a_warning if {
	[finding] := [f | some f in found("$ID", "ixn-server-blue:7120")]
	finding.severity == "warning"
	contains(finding.message, `ends in "blue" instead of the tenant id; write ixn-server-<tenantid>`)
}

test_template_on_the_command_line if {
	layer := {"tenant": {"general": {"upstreamServices": "ixn-server-{{ $.Values.tenantid }}:7120"}}}
	layers := [{"kind": "file", "values": layer}, {"kind": "set-string", "values": layer}]
	[finding] := [f | some f in rule.findings] with input as {"values": layer, "layers": layers}
	finding.layer == 1
	finding.severity == "warning"
	contains(finding.message, "--set-string gives upstream services a template expression")
}
