package policies["genesys-tenant-monitor"]["command-namespace_test"]

import data.policies["genesys-tenant-monitor"]["command-namespace"] as rule

found(release, extra) := findings if {
	command := object.union(
		{"verb": "upgrade", "open": false, "release": {"name": "tenant-monitor", "word": 2}},
		extra,
	)
	findings := rule.findings with input as {"release": release, "commands": [command]}
}

test_no_namespace if {
	count(found({}, {})) == 1
	count(found({}, {"open": true})) == 0
	count(found({}, {"verb": "template"})) == 0
	count(found({}, {"release": {"name": "redis"}})) == 0
	count(found({}, {"namespace": {"word": 4}})) == 0
	count(found({}, {"namespace": {"word": 4, "value": "voice"}})) == 0
}

test_default_namespace if {
	findings := found({}, {"namespace": {"word": 4, "value": "default"}})
	[[f.command, f.word, f.severity] | some f in findings] == [[0, 4, "error"]]
}

test_other_namespace_than_the_release if {
	release := {"name": "tenant-monitor", "namespace": "voice", "command": "helm"}
	[f.facts | some f in found(release, {"namespace": {"value": "infra"}})] == [["TEN-019"]]
}
