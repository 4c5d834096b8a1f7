package policies["usage-engine"]["dry-run-mode_test"]

import data.policies["usage-engine"]["dry-run-mode"] as rule

found(flag, context) := result if {
	result := [object.get(finding, "severity", "warning") | some finding in rule.findings] with input as {
		"context": context,
		"commands": [{
			"tool": "helm", "verb": "upgrade", "dry_run": true, "flags": [object.union({"name": "dry-run", "word": 4}, flag)],
			"chart": {"name": "usage-engine-private-edition"},
		}],
	}
}

test_modes if {
	found({}, {}) == ["warning"]
	found({"at": 4, "value": "client"}, {}) == ["warning"]
	found({"at": 4, "value": "server"}, {}) == []
	found({"at": 4}, {}) == []
	found({"at": 4, "value": "server"}, {"helmVersion": "v3.12.3"}) == ["info"]
	found({"at": 4, "value": "server"}, {"helmVersion": "3.13.0"}) == []
}
