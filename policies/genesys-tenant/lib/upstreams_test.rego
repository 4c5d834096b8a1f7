package policies["genesys-tenant"].lib_test

import data.policies["genesys-tenant"].lib

upstreams(text) := entries if {
	entries := lib.upstreams with input as {"values": {"tenant": {"general": {"upstreamServices": text}}}}
}

test_upstream_entries if {
	[sipfe, ixn] := upstreams("voice-sipfe:9101, ixn-server-${ID}:7120")
	sipfe == {
		"text": "voice-sipfe:9101",
		"name": "voice-sipfe",
		"port": "9101",
		"more": "",
		"service": "voice-sipfe",
		"known": true,
	}
	ixn == {
		"text": "ixn-server-${ID}:7120",
		"name": "ixn-server-${ID}",
		"port": "7120",
		"more": "",
		"service": "ixn-server",
		"tenant": "${ID}",
		"known": false,
	}
}

test_upstream_template_is_one_word if {
	[entry] := upstreams("ixn-vqnode-{{ $.Values.tenantid }}:7122")
	entry.tenant == "{{ $.Values.tenantid }}"
	entry.port == "7122"
}

test_upstream_default_of_placeholder_does_not_separate if {
	[one, two] := upstreams("${HOST:-a,b}:1,c:2")
	one.name == "${HOST:-a,b}"
	one.port == "1"
	two.name == "c"
}

test_upstream_damaged_braces_end_at_the_comma if {
	[one, two] := upstreams("ixn-server-{{ $.Values.tenantid }:7120,ixn-vqnode-{{ $.Values.tenantid }}:7122")
	one.tenant == "{{ $.Values.tenantid }"
	two.tenant == "{{ $.Values.tenantid }}"
}

test_upstream_quotes_and_empty_entries_are_left_out if {
	[entry.text | some entry in upstreams(",a:1,, 'b:2',c:3\",")] == ["a:1", "b:2", "c:3"]
}

test_upstream_third_part if {
	[entry] := upstreams("a:1:dc2:x")
	entry.port == "1"
	entry.more == "dc2:x"
}

test_upstream_port if {
	ports := [port |
		some entry in upstreams("a:1,b:65535,c:65536,d:0,e:012,f:x,g,h:$PORT")
		port := lib.upstream_port(entry)
	]
	ports == [1, 65535]
}

test_no_upstreams if {
	upstreams("") == []
	upstreams(["a:1"]) == []
	lib.upstreams == [] with input as {"values": {}}
}

test_tenantid_template if {
	every text in ["{{ $.Values.tenantid }}", "{{.Values.tenantid}}", "{{- $.Values.tenantid -}}"] {
		lib.is_tenantid_template(text)
	}
	every text in ["{{ .Values.tenant.id }}", "{ $.Values.tenantid }", "{{ $.Values.tenantid }}-0", "{{ tenantid }}"] {
		not lib.is_tenantid_template(text)
	}
}
