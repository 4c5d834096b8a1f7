package policies["genesys-tenant"]["gws-credentials_test"]

import data.policies["genesys-tenant"]["gws-credentials"] as rule

found(values, more) := findings if {
	findings := rule.findings with input as object.union({"values": values, "expanded": values}, more)
}

file := {"secretName": "/opt/a/b"}

gws(enable, secrets) := {"tenant": {"gws": {"enable": enable}, "secrets": {"gws": secrets}}}

test_missing if {
	both := gws("true", {})
	found(both, {}) == set()
	[finding] := [finding | some finding in found(both, {"whole": true})]
	contains(finding.message, "the GWS client id and the GWS client token are missing")
	[one] := [finding | some finding in found(gws("true", {"pwd": file}), {})]
	one.path == ["tenant", "secrets", "gws", "user"]
	contains(one.message, "the GWS client id is missing")
}

test_given if {
	found(gws("true", {"user": file, "pwd": file}), {"whole": true}) == set()
	found(gws("true", {"user": file, "pwd": "$TOKEN"}), {"whole": true}) == set()
	found(gws("$GWS", {}), {"whole": true}) == set()
	found(gws("true", {"user": {}, "pwd": {}}), {"whole": true}) == set()
}

test_not_registered if {
	secrets := {"user": file, "pwd": file}
	severities(gws("false", secrets), false) == ["info"]
	severities({"tenant": {"secrets": {"gws": secrets}}}, true) == ["info"]
	severities({"tenant": {"secrets": {"gws": secrets}}}, false) == []
	severities(gws("false", {"user": file}), true) == []
	severities(gws("$GWS", secrets), true) == []
}

severities(values, whole) := [finding.severity | some finding in found(values, {"whole": whole})]
