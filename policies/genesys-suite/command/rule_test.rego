package policies["genesys-suite"].command_test

import data.policies["genesys-suite"].command as rule

facts(command) := {finding.facts[0] | some finding in rule.findings with input as {"commands": [object.union(
	{
		"verb": "install", "open": false, "flags": [], "values": [],
		"args": [{"word": 2, "value": "x"}, {"word": 3, "value": "r/x"}],
	},
	command,
)]}}

test_commands if {
	facts({}) == set()
	facts({"args": [{"word": 2, "value": "r/x"}]}) == {"SUI-134"}
	facts({"args": [{"word": 2, "value": "r/x"}], "flags": [{"name": "generate-name", "word": 3}]}) == set()
	facts({"flags": [{"name": "password", "word": 4, "at": 5, "literal": true}]}) == {"SUI-135"}
	facts({"values": [{"word": 4, "name": "a"}, {"word": 6, "name": "a"}]}) == {"SUI-144"}
	facts({"values": [{"word": 4, "name": "a"}, {"word": 6, "name": "b"}]}) == set()
	facts({"args": [{"word": 2, "value": "gauth"}, {"word": 3, "value": "helm-multicloud-remote/gauth"}]}) == {"SUI-131"}
}

planned(line) := count(findings) if {
	findings := rule.findings with input as {"context": {"commands": [line]}}
}

test_planned if {
	planned("curl -u bob:hunter2 https://x") == 1
	planned("curl -u $USER:$PASSWORD https://x") == 0
	planned("docker login -p hunter2 x") == 1
	planned("docker login --password-stdin x") == 0
}
