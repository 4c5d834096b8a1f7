# METADATA
# title: Back up and expire at the same times
# description: >-
#   In the policy of the guide scheduleRunTimes and retentionTimes hold the same single time. They belong together:
#   Azure takes the retention time for the backup that ran at that time.
# custom:
#   severity: warning
#   remediation: Write the same list in both places.
#   facts: [UEP-050]
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Backup and Database Upgrade}
package policies["usage-engine"]["policy-times"]

import data.policies["usage-engine"].lib as usage

findings contains object.union(place, {"message": message}) if {
	some given in usage.policies_given
	run := given.document.properties.schedulePolicy.scheduleRunTimes
	path := ["properties", "retentionPolicy", "dailySchedule", "retentionTimes"]
	retained := object.get(given.document, path, run)
	retained != run
	place := usage.policy_place(given, path)
	message := sprintf("retentionTimes %s differ from scheduleRunTimes %s; write the same times", [
		json.marshal(retained),
		json.marshal(run),
	])
}
