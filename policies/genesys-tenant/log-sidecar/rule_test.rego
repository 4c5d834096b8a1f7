package policies["genesys-tenant"]["log-sidecar_test"]

import data.policies["genesys-tenant"]["log-sidecar"] as rule

found(images, whole) := findings if {
	findings := rule.findings with input as {"values": {"images": images}, "whole": whole}
}

json := {"enable": "true", "name": "json-sidecar", "tag": "1.9.5"}

urs := {"enable": "true", "name": "stdouturs-sidecar", "tag": "1.9.5"}

test_good if {
	count(found({"fbregistry": "fluent/fluent-bit", "fluentBit": json, "fluentBitUrs": urs}, true)) == 0
	count(found({"fluentBit": {"enable": "true"}}, false)) == 0
	count(found({}, true)) == 0
}

test_twins if {
	same := object.union(urs, {"name": "$NAME"})
	[finding] := [f | some f in found({"fluentBitSs": same, "fluentBitUrs": same}, false); f.holds]
	finding.path == ["images", "fluentBitUrs", "name"]
}

test_unknown_tags_are_not_compared if {
	count(found({"fluentBit": json, "fluentBitUrs": object.union(urs, {"tag": "$TAG"})}, false)) == 0
	count(found({"fluentBit": json, "fluentBitUrs": object.union(urs, {"tag": "1.8.7"})}, false)) == 1
}

test_whole if {
	facts := {f.facts[0] | some f in found({"fluentBit": {"enable": "true"}}, true)}
	facts == {"TEN-170", "TEN-171", "TEN-172"}
}
