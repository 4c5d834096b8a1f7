package policies["genesys-tenant"]["log-mount_test"]

import data.policies["genesys-tenant"]["log-mount"] as rule

found(logging, whole) := findings if {
	values := {"tenant": {"logging": logging}}
	findings := rule.findings with input as {"values": values, "expanded": values, "whole": whole}
}

both(name) := {"log": [{"name": name, "mountPath": "/opt/genesys/logs/volume/"}, {"name": name, "mountPath": "/logs"}]}

claim := {"log": [{"name": "log", "persistentVolumeClaim": {"claimName": "tenant-logs-pvc"}}]}

test_good if {
	count(found({"mounts": both("log")}, true)) == 0
	count(found({"mounts": both("log"), "volumes": claim}, true)) == 0
	count(found({"volumes": {"log": [{"name": "log"}]}}, true)) == 0
	count(found({"volumes": claim}, false)) == 0
}

# Another values file may declare the volume.
test_undeclared if {
	[finding | some finding in found({"mounts": both("logs")}, false); finding.facts == ["TEN-082"]] == []
	findings := found({"mounts": both("logs"), "volumes": claim}, false)
	count(findings) == 2
	every finding in findings {
		finding.facts == ["TEN-082"]
	}
}

test_persistent_without_mounts if {
	[finding] := [f | some f in found({"volumes": claim}, true)]
	finding.severity == "warning"
}

test_hidden_by_placeholders if {
	count(found({"mounts": {"log": [{"name": "log", "mountPath": "$LOGS"}]}}, true)) == 0
	count(found({"mounts": both("log"), "volumes": {"log": [{"name": "$VOLUME"}]}}, true)) == 0
}
