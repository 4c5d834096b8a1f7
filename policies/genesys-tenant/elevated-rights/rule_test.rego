package policies["genesys-tenant"]["elevated-rights_test"]

import data.policies["genesys-tenant"]["elevated-rights"] as rule

found(context) := findings if {
	findings := rule.findings with input as {"values": {"tenant": {"containerSecurityContext": context}}}
}

test_good if {
	count(found({
		"runAsNonRoot": true,
		"privileged": false,
		"allowPrivilegeEscalation": false,
		"capabilities": {"add": [], "drop": ["ALL"]},
	})) == 0
	count(found(null)) == 0
}

test_each_right if {
	cases := [
		[{"runAsNonRoot": false}, "runAsNonRoot"],
		[{"privileged": true}, "privileged"],
		[{"allowPrivilegeEscalation": true}, "allowPrivilegeEscalation"],
		[{"capabilities": {"add": ["NET_ADMIN", "SYS_TIME"]}}, "capabilities NET_ADMIN, SYS_TIME"],
	]
	every case in cases {
		[context, want] := case
		[finding] := [f | some f in found(context)]
		startswith(finding.message, want)
	}
}
