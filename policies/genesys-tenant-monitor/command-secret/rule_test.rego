package policies["genesys-tenant-monitor"]["command-secret_test"]

import data.policies["genesys-tenant-monitor"]["command-secret"] as rule

found(command) := findings if {
	release := {"name": "tenant-monitor"}
	given := object.union({"verb": "upgrade", "flags": [], "args": [], "sets": [], "release": release}, command)
	findings := rule.findings with input as {"commands": [given]}
}

test_password if {
	[f.word | some f in found({"flags": [{"name": "password", "at": 4, "literal": true}]})] == [4]
	count(found({"flags": [{"name": "password", "at": 4, "literal": false}]})) == 0
	count(found({"flags": [{"name": "username", "at": 4, "value": "me"}]})) == 0
}

test_url if {
	[f.word | some f in found({"args": [{"word": 3, "credentials": true}, {"word": 2, "credentials": false}]})] == [3]
}
