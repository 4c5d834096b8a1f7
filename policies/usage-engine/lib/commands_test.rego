package policies["usage-engine"].lib_test

import data.policies["usage-engine"].lib as usage

kubectl(words, flags) := {"tool": "kubectl", "args": [{"value": word} | some word in words], "flags": flags}

test_platform if {
	usage.about_platform(kubectl(["scale", "sts/platform"], []))
	usage.about_platform(kubectl(["edit", "statefulset", "platform"], []))
	not usage.about_platform(kubectl(["scale", "sts/platform-db"], []))
	not usage.about_platform(kubectl(["scale", "deployment/platform"], []))
}

test_ecd if {
	usage.about_ecd(kubectl(["get", "ecd"], []))
	usage.about_ecd(kubectl(["patch", "ecdeployment", "sip"], []))
	not usage.about_ecd(kubectl(["get", "pods"], []))
}

test_replicas if {
	usage.replicas(kubectl(["scale", "sts/platform"], [{"name": "replicas", "value": "0"}])) == 0
	patch := [{"name": "patch", "value": "{\"spec\": {\"replicas\": 1}}"}]
	usage.replicas(kubectl(["patch", "sts", "platform"], patch)) == 1
	not usage.replicas(kubectl(["scale", "sts/platform"], [{"name": "replicas"}]))
}

test_order if {
	commands := [{"job": "a"}, {"job": "a"}, {"job": "b"}, {}, {}]
	usage.precedes(0, 1) with input.commands as commands
	usage.precedes(3, 4) with input.commands as commands
	not usage.precedes(1, 0) with input.commands as commands
	not usage.may_precede(1, 0) with input.commands as commands
	not usage.precedes(0, 2) with input.commands as commands
	usage.may_precede(2, 0) with input.commands as commands
}

test_ours if {
	commands := [
		{"tool": "helm", "verb": "upgrade", "release": {"name": "uepe"}, "chart": {"name": "x"}},
		{"tool": "helm", "verb": "upgrade", "release": {"name": "a"}, "chart": {"name": usage.chart}},
		{"tool": "helm", "verb": "rollback", "release": {"name": "other"}},
		{"tool": "helm", "verb": "upgrade", "release": {"name": "ingress"}, "chart": {"name": "ingress-nginx"}},
	]
	named := {"commands": commands, "release": {"name": "uepe"}}
	object.keys(usage.release_commands) == {0, 1} with input as named
	object.keys(usage.release_commands) == {1, 2} with input as {"commands": commands}
	object.keys(usage.deployments) == {0, 1} with input as named
}
