package policies["genesys-tenant"]["upstream-missing_test"]

import data.policies["genesys-tenant"]["upstream-missing"] as rule

found(id, names) := findings if {
	findings := rule.findings with input as {"values": {
		"tenantid": id,
		"tenant": {"general": {"upstreamServices": names}},
	}}
}

test_complete if {
	every id in ["{{ $.Values.tenantid }}", "${ID}", "blue"] {
		names := sprintf("voice-sipfe:1,voice-config:2,ixn-server-%s:3,ixn-vqnode-%s:4,other:5", [id, id])
		count(found("$ID", names)) == 0
	}
}

test_missing if {
	[finding] := [f | some f in found("$ID", "voice-config:9100,ixn-server-$ID:7120")]
	contains(finding.message, "lack voice-sipfe and ixn-vqnode-<tenantid>")
	contains(finding.message, `append ",voice-sipfe:9101,ixn-vqnode-$ID:7122"`)
	finding.holds
}

test_missing_without_tenantid if {
	[finding] := [f | some f in found(null, "voice-sipfe:9101,voice-config:9100,ixn-server-x:7120")]
	contains(finding.message, `append ",ixn-vqnode-{{ $.Values.tenantid }}:7122"`)
}

test_silent_while_an_entry_may_be_the_missing_one if {
	every names in ["$UPSTREAMS", "voice-config:9100,$MORE", "${SIPFE}:9101", "voice-sipfe:9101;voice-config:9100", ""] {
		count(found("$ID", names)) == 0
	}
}
