# METADATA
# title: Set the variables of the backup script
# description: >-
#   The backup example works with variables such as RESOURCE_GROUP and FILE_SHARE. A value of the example that was
#   left in addresses somebody else's storage account; a variable that is used before it is set is empty. Variables
#   that the environment may bring are not judged, unless the script sets the others itself.
# custom:
#   severity: warning
#   remediation: Write your own values at the top of the script, before the first use.
#   facts: [UEP-048]
#   needs: commands
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Backup and Database Upgrade}
package policies["usage-engine"]["script-variables"]

import data.policies["usage-engine"].lib as usage

findings contains {"command": i, "word": assign.word, "message": message} if {
	some i, command in input.commands
	some assign in command.assigns
	samples[assign.name] == assign.value
	sample_left(assign.name)
	message := sprintf("%s has the value of the guide's example, %q; write your own", [assign.name, assign.value])
}

findings contains {"command": i, "message": message} if {
	some name in documented
	i := min([k | some k, command in input.commands; name in command.uses])
	not set_before(name, i)
	empty(name)
	message := sprintf("%s is used before it is set and is empty here; assign it before", [name])
}

samples := {"RESOURCE_GROUP": "PT_Stratus", "STORAGE_ACCOUNT_NAME": "uepeaks", "LOCATION": "Southeast Asia"}

# sample_left says that the value is surely that of the example. A location alone may well be meant.
sample_left(name) if name != "LOCATION"

sample_left("LOCATION") if {
	some name in ["RESOURCE_GROUP", "STORAGE_ACCOUNT_NAME"]
	assigned[name][_].value == samples[name]
}

documented := {
	"RESOURCE_GROUP", "LOCATION", "STORAGE_ACCOUNT_NAME", "STORAGE_ACCOUNT_KEY", "STORAGE_ACCOUNT_ID",
	"SUBSCRIPTION_ID", "FILE_SHARE", "FILE_BACKUP_VAULT", "FILE_BACKUP_POLICY", "CONTAINER_NAME", "ITEM_NAME",
}

assigned[name][i] := assign if {
	some i, command in input.commands
	some assign in command.assigns
	name := assign.name
}

set_before(name, i) if {
	some j, _ in assigned[name]
	usage.may_precede(j, i)
}

# empty says that nothing else can have set the variable: it is set later, or the script sets the others itself.
empty(name) if count(assigned[name]) > 0

empty(name) if {
	not assigned[name]
	some i, command in input.commands
	name in command.uses
	not command.job
	count([other | some other in documented; assigned[other]]) > 1
}
