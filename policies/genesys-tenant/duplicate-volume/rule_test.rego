package policies["genesys-tenant"]["duplicate-volume_test"]

import data.policies["genesys-tenant"]["duplicate-volume"] as rule

found(values, more) := findings if {
	findings := rule.findings with input as object.union({"values": values, "expanded": values}, more)
}

kafka(volumes, mounts) := {"tenant": {"secrets": {"kafka": {"volumes": volumes, "mounts": mounts}}}}

paths(values) := {finding.path | some finding in found(values, {})}

test_names if {
	volume := {"name": "a", "secret": {"secretName": "s"}}
	both := object.union(kafka([volume], []), {"initVolumes": [volume]})
	paths(both) == {["tenant", "secrets", "kafka", "volumes", 0, "name"]}
	paths(kafka([volume, {"name": "b"}], [])) == set()
	count(paths(kafka([volume, volume, volume], []))) == 2
}

test_the_same_placeholder_is_the_same_name if {
	[finding] := [finding | some finding in found(kafka([{"name": "a-$X"}, {"name": "a-$X"}], []), {})]
	finding.holds
}

test_claim_template_is_no_duplicate if {
	volumes := {"logPvc": {"enabled": "true"}, "log": [{"name": "log"}]}
	paths({"tenant": {"logging": {"volumes": volumes}}}) == set()
}

test_paths if {
	paths(kafka([], [{"name": "a", "mountPath": "/x"}, {"name": "b", "mountPath": "/x/"}])) == {[
		"tenant", "secrets", "kafka", "mounts", 1, "mountPath",
	]}
	paths(kafka([], [{"name": "a", "mountPath": "/x"}, {"name": "a", "mountPath": "/y"}])) == set()
	paths(kafka([], [{"name": "a"}, {"name": "b"}])) == set()
}

test_containers_are_apart if {
	mount := [{"name": "a", "mountPath": "/x"}]
	sidecars := {"fbJsonLog": mount, "fbstdoutCsLog": mount, "log": mount}
	paths({"tenant": {"logging": {"mounts": sidecars}}, "initVolumeMounts": mount}) == set()
	own := {"tenant": {"secrets": {"pgdb": {"mounts": mount}}}, "initVolumeMounts": mount}
	paths(own) == set()
	count(paths(object.union(own, {"volumeMounts": mount}))) == 1
	count(paths({"tenant": {"logging": {"mounts": {"fbJsonLog": mount, "fluentBconfigmap": mount}}}})) == 1
}
