package policies["genesys-suite"]["voicemail-storage_test"]

import data.policies["genesys-suite"]["voicemail-storage"] as rule

severities(volumes, interface) := {object.get(finding, "severity", "error") |
	some finding in rule.findings with input as {"values": {
		"context": {"envs": {"storageInterface": interface}}, "volumes": volumes,
	}}
}

test_claims if {
	severities({"pvcOne": {"claim": ""}}, "FileSystem") == {"error"}
	severities({"pvcOne": {"claim": ""}}, "AzureBlob") == set()
	severities({"pvcOne": {"claim": "x", "storageClass": "own"}}, "FileSystem") == set()
	severities({"pvcOne": {"claim": "x", "storageClass": "a"}, "log": {"storageClass": "a"}}, "FileSystem") == {"warning"}
	severities({}, "FileSystem") == set()
}
