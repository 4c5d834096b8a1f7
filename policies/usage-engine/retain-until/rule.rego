# METADATA
# title: Keep the backup longer than the rollback window
# description: >-
#   --retain-until takes day-month-year. The date of the example, 20-01-2025, is long past; a backup that has expired
#   cannot be restored. Give `today: YYYY-MM-DD` in the context to have any date compared with it, because helmvet
#   does not read the clock.
# custom:
#   severity: error
#   remediation: Write a date after the end of the rollback window, such as 31-12-2030.
#   facts: [UEP-051]
#   needs: commands
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Backup and Database Upgrade}
package policies["usage-engine"]["retain-until"]

import data.policies["usage-engine"].lib as usage

findings contains object.union(usage.value_place(i, flag), {"message": message}) if {
	some i, command in usage.backups
	flag := usage.flag(command, "retain-until")
	flag.value
	message := wrong(flag.value)
}

wrong(text) := message if {
	not date(text)
	message := sprintf("%q is no date in the form day-month-year; write for example 31-12-2030", [text])
} else := message if {
	date(text) <= "2025-01-20"
	message := sprintf("%s is past, as in the guide's example, and the backup expires at once; %s", [text, later])
} else := message if {
	date(text) <= input.context.today
	message := sprintf("%s is not after %s (today); %s", [text, input.context.today, later])
}

later := "write a date after the end of the rollback window"

# date is year-month-day, which sorts.
date(text) := sprintf("%s-%02d-%02d", [parts[3], month, day]) if {
	parts := regex.find_all_string_submatch_n(`^0?([0-9]{1,2})-0?([0-9]{1,2})-([0-9]{4})$`, text, 1)[0]
	day := to_number(parts[1])
	month := to_number(parts[2])
	day in numbers.range(1, 31)
	month in numbers.range(1, 12)
}
