package policies["genesys-tenant"]["volume-entry_test"]

import data.policies["genesys-tenant"]["volume-entry"] as rule

found(values, more) := findings if {
	findings := rule.findings with input as object.union({"values": values, "expanded": values}, more)
}

kafka(volumes, mounts) := {"tenant": {"secrets": {"kafka": {"volumes": volumes, "mounts": mounts}}}}

messages(values) := [finding.message | some finding in found(values, {})]

test_good if messages(kafka([{"name": "a-$X"}], [{"name": "b", "mountPath": "$PATH"}])) == []

test_names if {
	[missing] := messages(kafka([{"secret": {}}], []))
	contains(missing, "volume has no name")
	[of_mount] := messages(kafka([], [{"mountPath": "/a"}]))
	contains(of_mount, "mount has no name")
	every name in ["a_b", "A", "-a", "a.b"] {
		count(messages(kafka([{"name": name}], [{"name": name, "mountPath": "/a"}]))) == 1
		count(messages(kafka([], [{"name": name, "mountPath": "/a"}]))) == 1
	}
}

test_paths if {
	every words, mount in {
		"has no mountPath": {"name": "a"},
		`write "/opt/a"`: {"name": "a", "mountPath": "opt/a"},
		"has a colon": {"name": "a", "mountPath": "/opt:a"},
	} {
		[message] := messages(kafka([], [mount]))
		contains(message, words)
	}
	messages(kafka([], [{"name": "a", "mountPath": "/"}])) == []
}

test_reported_elsewhere if {
	values := {"tenant": {"secrets": {"kafka": {
		"pwd": {"secretName": "/opt/a/key"},
		"volumes": [{"name": "a", "secret": {"secretName": "s"}}],
		"mounts": [{"name": "a"}],
	}}}}
	messages(values) == []
}
