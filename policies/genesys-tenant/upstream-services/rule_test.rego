package policies["genesys-tenant"]["upstream-services_test"]

import data.policies["genesys-tenant"]["upstream-services"] as rule

found(text) := findings if {
	findings := rule.findings with input as {"values": {"tenant": {"general": {"upstreamServices": text}}}}
}

test_good if {
	every text in [
		"voice-sipfe:9101,voice-config:9100,ixn-server-{{ $.Values.tenantid }}:7120",
		"voice-sipfe:9101,voice-config:9100,ixn-server-${ID}:7120,ixn-vqnode-$ID:7122",
		"$UPSTREAMS",
		"${A},${B:-voice-sipfe:9101}",
		"my_service.dc2:1234",
		"voice-sipfe:${PORT}",
	] {
		count(found(text)) == 0
	}
}

test_one_finding if {
	every text, want in {
		"a:1,b:2\"": `upstream entry "b:2\"" holds a quotation mark`,
		"a:1,": "upstream services have an empty entry",
		"a:1, b:2": "upstream services have blanks around entries",
		"a:1;b:2": `upstream entry "a:1;b:2" uses ";" as a separator`,
		"a:1 b:2": `upstream entry "a:1 b:2" uses " " as a separator`,
		"a: 1": `upstream entry "a: 1" has a blank inside`,
		":7120": `upstream entry ":7120" has no name`,
		"voice-sipfe": `upstream entry "voice-sipfe" has no port; write voice-sipfe:9101`,
		"a:": `upstream entry "a:" has no port; write a:PORT`,
		"a:70000": `port "70000" of upstream "a" is no number from 1 to 65535; write a:PORT`,
		"a:http": `port "http" of upstream "a"`,
		"-a:1": `upstream name "-a" is no service name`,
		"a:1,a:2": `upstream "a" is listed twice, as entry 1 and 2`,
		"$A:1,${A}:2": `upstream "$A" is listed twice`,
		"a:1,b:1": `upstreams "a" and "b" share local port 1; give each a port of its own`,
		"voice-sipfe:9100,b:9100": `give each a port of its own, as in the documented voice-sipfe:9101`,
	} {
		[finding] := [f | some f in found(text)]
		contains(finding.message, want)
		finding.holds
	}
}

test_warnings if {
	every text, want in {
		"a:1, b:2": "blanks around",
		"a:1:dc2": `upstream entry "a:1:dc2" has a third part "dc2"; only NAME:PORT is documented, write a:1`,
		"voice-config:9102": `upstream "voice-config" has port 9102 instead of the documented one; write voice-config:9100`,
		"ixn-server-${ID}:7121": "instead of the documented one; write ixn-server-${ID}:7120",
		"a:8888": `upstream "a" has port 8888, on which the tenant itself listens`,
	} {
		[finding] := [f | some f in found(text)]
		contains(finding.message, want)
		finding.severity == "warning"
	}
}

test_quotation_mark_cites_the_sample if {
	[finding] := [f | some f in found("a:1,b:2\"")]
	finding.facts == ["TEN-090", "TEN-158"]
	finding.fix.value == "a:1,b:2"
}

# Several mistakes are reported side by side, and the fix mends what it can.
test_fix if {
	all := found(" voice-sipfe:9101 ,,ixn-server-{{ .Values.tenantid }}:7120,")
	count(all) == 2
	every finding in all {
		finding.fix.value == "voice-sipfe:9101,ixn-server-{{ .Values.tenantid }}:7120"
	}
}
