package policies["genesys-tenant"]["log-claim_test"]

import data.policies["genesys-tenant"]["log-claim"] as rule

values := {"tenant": {"logging": {"volumes": {"logPvc": {
	"enabled": "true",
	"logClaimSize": "5Gi",
	"accessModes": "ReadWriteOnce",
}}}}}

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
