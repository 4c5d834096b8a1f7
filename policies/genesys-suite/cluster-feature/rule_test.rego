package policies["genesys-suite"]["cluster-feature_test"]

import data.policies["genesys-suite"]["cluster-feature"] as rule

count_for(cluster) := count(findings) if {
	findings := rule.findings with input as {
		"context": {"cluster": cluster}, "releases": [{"release": {}, "packs": ["genesys-suite"], "context": {}}],
	}
}

test_features if {
	count_for({"sandbox": true, "customerManagedKeys": true}) == 2
	count_for({"sandbox": false}) == 0
	count_for("c1") == 0
}
