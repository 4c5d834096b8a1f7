package policies["usage-engine"]["command-release_test"]

import data.policies["usage-engine"]["command-release"] as rule

helm(extra) := object.union(
	{
		"tool": "helm", "verb": "upgrade", "open": false, "dry_run": false, "flags": [],
		"release": {"name": "uepe", "word": 2}, "namespace": {"value": "uepe", "word": 5},
		"chart": {"name": "usage-engine-private-edition"},
	},
	extra,
)

found(command) := result if {
	result := {finding.message | some finding in rule.findings} with input as {
		"release": {"name": "uepe", "namespace": "uepe"}, "commands": [command],
	}
}

test_right if found(helm({})) == set()

test_other_name if found(helm({"release": {"name": "uep", "word": 2}})) == {
	`release "uep" is not "uepe", and would be installed beside it; write uepe`,
}

test_other_namespace if found(helm({"namespace": {"value": "x", "word": 5}})) == {
	`namespace "x" is not "uepe", where the release is; write -n uepe`,
}

test_no_namespace if {
	message := "command names no namespace and acts on that of the current context; add -n uepe"
	found(object.remove(helm({}), ["namespace"])) == {message}
	found({"tool": "kubectl", "args": [{"value": "get"}, {"value": "ecd"}], "flags": [], "open": false}) == {message}
	found({"tool": "kubectl", "args": [{"value": "get"}, {"value": "nodes"}], "flags": [], "open": false}) == set()
}

test_variable if found(helm({"namespace": {"word": 5}, "release": {"word": 2}})) == set()

test_other_release if {
	found(helm({"release": {"name": "ingress"}, "chart": {"name": "ingress-nginx"}, "namespace": {"value": "x"}})) == set()
}
