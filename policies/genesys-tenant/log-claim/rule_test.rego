package policies["genesys-tenant"]["log-claim_test"]

import data.policies["genesys-tenant"]["log-claim"] as rule

values := {"tenant": {"logging": {"volumes": {"logPvc": {
	"enabled": "true",
	"logClaimSize": "5Gi",
	"accessModes": "ReadWriteOnce",
}}}}}

beside(monitor, place) := findings if {
	release := {"name": "t0100", "namespace": "voice"}
	findings := rule.findings with input as {
		"values": values,
		"expanded": values,
		"release": release,
		"releases": [
			{"release": release, "values": values},
			{"release": object.union({"name": "tenant-monitor"}, place), "values": monitor},
		],
	}
}

shared(enabled) := {"tenant": {"logging": {"volume": {"enabled": enabled}}}}

test_shared_volume_beside if {
	[finding] := [f | some f in beside(shared("true"), {"namespace": "voice"})]
	finding.severity == "warning"
	finding.facts == ["TEN-179"]
	finding.related[0].release == 1
}

test_nothing_shared if {
	count(beside(shared("false"), {"namespace": "voice"})) == 0
	count(beside(shared("true"), {"namespace": "other"})) == 0
	count(beside(shared("true"), {"namespace": "voice", "location": "eastus2"})) == 0
}

test_sizes if {
	cases := {
		"5Gi": [], "1Ti": [], "0.5Gi": ["warning"], "1G": ["warning"], "2G": ["info"],
		"2000000000": ["info"], "5gi": [], "5 Gi": [], "5m": [], "$SIZE": [],
	}
	every size, want in cases {
		sized := json.patch(values, [{"op": "replace", "path": "/tenant/logging/volumes/logPvc/logClaimSize", "value": size}])
		found := rule.findings with input as {"values": sized, "expanded": sized}
		[f.severity | some f in found] == want
	}
}
