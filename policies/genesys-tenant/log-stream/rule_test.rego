package policies["genesys-tenant"]["log-stream_test"]

import data.policies["genesys-tenant"]["log-stream"] as rule

volumes := {
	"stdoutUrsLog": [{"name": "fluenturs-logs", "emptyDir": {}}],
	"fluentBconfigmapUrs": [{"name": "config", "configMap": {"name": "tenants-fluent-bit-config-urs"}}],
}

mounts := {
	"stdoutUrsLog": [{"name": "fluenturs-logs", "mountPath": "/opt/genesys/logs/URS"}],
	"fbstdoutUrsLog": [{"name": "fluenturs-logs", "mountPath": "/mnt/logs/"}],
	"fluentBconfigmapUrs": [{"name": "config", "mountPath": "/fluent-bit/etc"}],
}

found(enable, logging, whole) := findings if {
	values := {"images": {"fluentBitUrs": {"enable": enable}}, "tenant": {"logging": logging}}
	findings := rule.findings with input as {"values": values, "expanded": values, "whole": whole}
}

test_good if {
	count(found("true", {"volumes": volumes, "mounts": mounts}, true)) == 0
	count(found("$FORWARD", {}, true)) == 0
	count(found("false", {}, true)) == 0
}

test_layers if {
	count(found("true", {"volumes": volumes}, false)) == 0
	count(found("true", {"mounts": mounts}, false)) == 0
	[finding] := [f | some f in found("true", {"level": "info"}, false)]
	finding.severity == "info"
}

test_lost_lists if {
	[finding] := [f | some f in found("true", {"volumes": volumes}, true)]
	contains(finding.message, "mounts.stdoutUrsLog, mounts.fbstdoutUrsLog and mounts.fluentBconfigmapUrs")
	finding.facts == ["TEN-078", "TEN-077", "TEN-174"]
}

test_hidden_by_placeholders if {
	hidden := {"stdoutUrsLog": "$LOG", "fluentBconfigmapUrs": [{"name": "$CONFIG", "configMap": {"name": "$MAP"}}]}
	count(found("true", {"volumes": hidden, "mounts": mounts}, true)) == 0
}

test_null_is_for_the_schema if {
	count(found("true", {"volumes": object.union(volumes, {"stdoutUrsLog": null}), "mounts": mounts}, true)) == 0
}

test_unused_lists if {
	every finding in found("false", {"volumes": volumes}, false) {
		finding.severity == "info"
	}
	count(found("false", {"volumes": volumes}, false)) == 1
}
