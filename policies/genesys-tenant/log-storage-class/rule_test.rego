package policies["genesys-tenant"]["log-storage-class_test"]

import data.policies["genesys-tenant"]["log-storage-class"] as rule

severities(claim, more) := {finding.severity | some finding in findings} if {
	values := {"tenant": {"logging": {"volumes": {"logPvc": object.union({"enabled": "true"}, claim)}}}}
	findings := rule.findings with input as object.union({"values": values}, more)
}

given(name) := {"manifests": [{"kind": "StorageClass", "metadata": {"name": name}}]}

test_no_class if {
	severities({"logStorageClass": ""}, {}) == {"info"}
	severities({}, {}) == set()
	severities({}, {"whole": true}) == {"info"}
	severities({"enabled": "false", "logStorageClass": ""}, {}) == set()
}

test_class if {
	severities({"logStorageClass": "rwo"}, {}) == set()
	severities({"logStorageClass": "rwo"}, given("rwo")) == set()
	severities({"logStorageClass": "rwo"}, given("rwx")) == {"warning"}
	severities({"logStorageClass": "rwo"}, {"manifests": [], "manifests_complete": true}) == {"error"}
}

test_listed_releases_are_judged_together if {
	severities({"logStorageClass": "rwo"}, {"manifests": [], "manifests_complete": true, "fleet_declared": true}) == set()
}
