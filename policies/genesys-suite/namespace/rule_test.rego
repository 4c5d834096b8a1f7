package policies["genesys-suite"].namespace_test

import data.policies["genesys-suite"].namespace as rule

release(service, namespace) := {
	"context": {"service": service},
	"packs": ["genesys-suite"],
	"release": {"namespace": namespace},
	"values": {},
}

severities(releases) := [finding.severity |
	some finding in rule.findings with input as {"context": {}, "releases": releases}
]

test_names if {
	severities([release("gauth", "gauth"), release("tenant", "voice")]) == []
	severities([release("gauth", "${NS}")]) == []
	severities([release("event-stream", "anything")]) == []
	severities([release("wwe", "gws")]) == ["warning"]
	severities([release("gauth", "genesys")]) == ["error"]
	severities([release("gauth", "genesys"), release("gws", "genesys")]) == ["warning"]
	severities([release("gca", "gim"), release("gim", "gim")]) == ["error"]
}
