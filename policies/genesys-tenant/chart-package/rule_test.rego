package policies["genesys-tenant"]["chart-package_test"]

import data.policies["genesys-tenant"]["chart-package"] as rule

found(command, release) := findings if {
	input_command := object.union({"verb": "upgrade", "values": []}, command)
	findings := rule.findings with input as {"release": release, "commands": [input_command]}
}

test_package_of_the_other_chart if {
	command := {"chart": {"name": "tenant-monitor", "word": 3}}
	release := {"chart": {"name": "tenant"}, "command": "helm"}
	{[f.command, f.word] | some f in found(command, release)} == {[0, 3]}
	count(found(command, {})) == 0
}

test_release_of_the_other_chart if {
	release := {"name": "tenant-monitor", "word": 2}
	command := {"chart": {"name": "tenant", "version": "1.0.0"}, "release": release}
	[f.word | some f in found(command, {})] == [2]
}

test_no_version if {
	chart := {"name": "tenant", "unversioned": true}
	[f.severity | some f in found({"chart": chart}, {})] == ["warning"]
	count(found({"chart": chart, "version": {"value": "1.0.0"}}, {})) == 0
}

test_values_file if {
	chart := {"name": "tenant"}
	files := {"./tenant-monitor-values.yaml", "x/tenant-node-values.yml", "values.yaml", "tenant-values.yaml"}
	hits := {name | some name in files; count(found({"chart": chart, "values": [{"name": name}]}, {})) > 0}
	hits == {"./tenant-monitor-values.yaml"}
}
