package policies["genesys-tenant"]["log-claim-name_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["log-claim-name"] as rule

log(name) := {"tenant": {"logging": {"volumes": {"log": [{
	"name": "log",
	"persistentVolumeClaim": {"claimName": name},
}]}}}}

found(volume, more) := findings if {
	findings := rule.findings with input as object.union(
		fixture.fleet([
			fixture.release("tenant-monitor", {"location": "west"}, {"tenant": {"logging": {"volume": volume}}}),
			fixture.at("t0300", "west", log("logs")),
			fixture.at("t0400", "west", log("logs")),
		]),
		more,
	)
}

test_claims if {
	count(found({"enabled": "true", "logClaim": "logs"}, {})) == 0
	count(found({"enabled": "true", "logClaim": "other"}, {})) == 1
	[finding] := [f | some f in found({}, {"manifests_complete": true})]
	finding.severity == "error"
	claim := {"kind": "PersistentVolumeClaim", "metadata": {"name": "logs", "namespace": "voice"}}
	count(found({}, {"manifests": [claim]})) == 0
}
