package policies["genesys-tenant-monitor"]["deploy-command_test"]

import data.policies["genesys-tenant-monitor"]["deploy-command"] as rule

found(extra) := findings if {
	command := object.union(
		{
			"verb": "upgrade", "install": true, "wait": false, "open": false, "flags": [], "sets": [], "blanks": [],
			"values": [{"name": "v.yaml", "word": 3}], "release": {"name": "tenant-monitor", "word": 2},
		},
		extra,
	)
	findings := rule.findings with input as {"commands": [command]}
}

severities(extra) := [f.severity | some f in found(extra)]

test_complete if count(found({"wait": true, "timeout": {"value": "600s", "seconds": 600, "word": 5}})) == 0

test_values_file if {
	count(found({"values": []})) == 1
	count(found({"values": [], "open": true})) == 0
	count(found({"values": [], "verb": "rollback"})) == 0
	count(found({"values": [], "flags": [{"name": "reuse-values"}]})) == 0
	count(found({"values": [], "sets": [{"word": 5}]})) == 0
}

test_timeout if {
	severities({"timeout": {"value": "600", "word": 5}}) == ["error"]
	severities({"wait": true, "timeout": {"value": "60s", "seconds": 60, "word": 5}}) == ["warning"]
	severities({"wait": true, "timeout": {"value": "5m", "seconds": 300, "word": 5}}) == ["info"]
	severities({"wait": true}) == ["info"]
	count(found({"timeout": {"value": "60s", "seconds": 60, "word": 5}})) == 0
	count(found({"wait": true, "timeout": {"word": 5}})) == 0
}

test_blank if [f.word | some f in found({"blanks": [{"word": 2, "text": "<release>"}]})] == [2]

test_release_name if severities({"release": {"name": "tenant-monitor-2", "word": 2}}) == ["info"]
