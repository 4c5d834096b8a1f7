package policies["usage-engine"]["policy-times_test"]

import data.policies["usage-engine"]["policy-times"] as rule

found(run, retained) := result if {
	result := count(rule.findings) with input as {
		"commands": [],
		"values": {"properties": {
			"schedulePolicy": {"scheduleRunTimes": run},
			"retentionPolicy": {"dailySchedule": {"retentionTimes": retained}},
		}},
	}
}

test_times if {
	found(["3"], ["3"]) == 0
	found(["3"], ["4"]) == 1
}
