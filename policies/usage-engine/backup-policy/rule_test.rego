package policies["usage-engine"]["backup-policy_test"]

import data.policies["usage-engine"]["backup-policy"] as rule

policy(properties) := {"type": "Microsoft.RecoveryServices/vaults/backupPolicies", "properties": properties}

found(document) := result if {
	result := {finding.path | some finding in rule.findings} with input as {"values": document, "commands": []}
}

test_file if {
	found(policy({"backupManagementType": "AzureStorage", "workLoadType": "AzureFileShare"})) == set()
	found(policy({"backupManagementType": "AzureIaasVM"})) == {["properties", "backupManagementType"]}
	found({"type": "other", "properties": {"backupManagementType": "AzureIaasVM"}}) == set()
	daily := {"dailySchedule": {"retentionDuration": {"count": 0, "durationType": "Weeks"}}}
	count(found(policy({"retentionPolicy": daily, "timeZone": 1}))) == 3
}

test_here if {
	here := json.marshal(policy({"backupManagementType": "AzureIaasVM"}))
	[f.command | some f in rule.findings] == [1] with input as {"values": {}, "commands": [{}, {"here": here}]}
}
