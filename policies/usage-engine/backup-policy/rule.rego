# METADATA
# title: Write the backup policy for a file share
# description: >-
#   The policy document of the Azure Files backup has a fixed type and kinds: AzureStorage, AzureFileShare, a simple
#   daily schedule and a long-term retention in days. A policy for virtual machines does not protect a file share. It
#   is found in a JSON file, or in the here-document of a script.
# custom:
#   severity: warning
#   remediation: Take the policy of the guide and change name, count and times only.
#   facts: [UEP-049]
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Backup and Database Upgrade}
package policies["usage-engine"]["backup-policy"]

import data.policies.lib
import data.policies["usage-engine"].lib as usage

findings contains object.union(place, {"message": message}) if {
	some given in usage.policies_given
	some [path, wanted] in constants
	value := object.get(given.document, path, null)
	value != null
	lib.known(value)
	value != wanted
	place := usage.policy_place(given, path)
	message := sprintf("%s is %s; a policy for a file share has %q", [lib.path_string(path), lib.quote(value), wanted])
}

findings contains object.union(place, {"message": message}) if {
	some given in usage.policies_given
	path := ["properties", "retentionPolicy", "dailySchedule", "retentionDuration", "count"]
	days := object.get(given.document, path, null)
	days != null
	lib.known(days)
	not positive(days)
	place := usage.policy_place(given, path)
	message := sprintf("retention count is %s; write a number of days from 1 on", [lib.quote(days)])
}

findings contains object.union(place, {"message": message}) if {
	some given in usage.policies_given
	path := ["properties", "timeZone"]
	zone := object.get(given.document, path, "UTC")
	not is_string(zone)
	place := usage.policy_place(given, path)
	message := "timeZone is no text; write a name such as UTC"
}

constants := [
	[["type"], "Microsoft.RecoveryServices/vaults/backupPolicies"],
	[["properties", "backupManagementType"], "AzureStorage"],
	[["properties", "workLoadType"], "AzureFileShare"],
	[["properties", "schedulePolicy", "schedulePolicyType"], "SimpleSchedulePolicy"],
	[["properties", "schedulePolicy", "scheduleRunFrequency"], "Daily"],
	[["properties", "retentionPolicy", "retentionPolicyType"], "LongTermRetentionPolicy"],
	[["properties", "retentionPolicy", "dailySchedule", "retentionDuration", "durationType"], "Days"],
]

positive(days) if {
	is_number(days)
	days >= 1
	floor(days) == days
}
