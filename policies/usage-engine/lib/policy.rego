# The policy document of an Azure Files backup: a file by itself, or the here-document of a script.
package policies["usage-engine"].lib

# policies_given are the documents with the place of each.
policies_given contains {"place": {"path": []}, "document": input.values, "file": true} if is_policy(input.values)

policies_given contains {"place": {"command": i}, "document": document, "file": false} if {
	some i, command in input.commands
	contains(command.here, "backupManagementType")
	document := json.unmarshal(command.here)
	is_policy(document)
}

is_policy(document) if document.type == "Microsoft.RecoveryServices/vaults/backupPolicies"

is_policy(document) if {
	document.properties.schedulePolicy
	document.properties.retentionPolicy
}

# policy_place points into a policy: to the value in a file, to the command in a script.
policy_place(given, path) := {"path": path} if {
	given.file
} else := given.place
