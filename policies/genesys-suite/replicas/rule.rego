# METADATA
# title: Run as many replicas as the service needs
# description: >-
#   How many replicas are right depends on the mode of high availability. Most services run at least three; a
#   singleton runs once and is not scaled, because a second one would compete with it; active-active means two
#   nodes. One replica of anything else gives no redundancy. With an autoscaler, its minimum counts.
# custom:
#   severity: warning
#   remediation: Set the number that the message names.
#   facts: [SUI-055, SUI-056, SUI-057]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: High availability modes}
package policies["genesys-suite"].replicas

import data.policies["genesys-suite"].lib as suite

findings contains {"path": row.path, "severity": severity, "facts": ["SUI-055"], "message": message} if {
	suite.service_or_foreign
	scaled_out
	some row in effective
	[severity, message] := too_few(row.value)
}

findings contains {"path": row.path, "severity": severity, "facts": ["SUI-056"], "message": message} if {
	singleton
	some row in effective
	row.value > 1
	not suite.autoscaled
	severity := singleton_severity
	message := sprintf("%s is a singleton, and %d of it compete with each other; write 1", [suite.component, row.value])
}

findings contains {"path": row.path, "severity": severity, "facts": ["SUI-056"], "message": message} if {
	singleton
	some row in suite.autoscalers
	object.get(row, ["max", "value"], 2) > 1
	severity := singleton_severity
	message := sprintf("%s is a singleton and is not scaled; switch the autoscaler off", [suite.component])
}

findings contains {"path": row.path, "facts": ["SUI-057"], "message": message} if {
	suite.mode.ha == ["active-active"]
	suite.mode.uncertain == false
	some row in effective
	row.value != 2
	message := sprintf("%s runs active-active on two nodes, not on %d; write 2", [suite.component, row.value])
}

findings contains {"path": row.path, "facts": ["SUI-057"], "message": message} if {
	count(suite.mode.ha) == 2
	some row in effective
	row.value < 2
	message := sprintf(
		"%s runs on two nodes or more, and %d gives no redundancy; write 2 or more",
		[suite.component, row.value],
	)
}

# The values that count: those of an autoscaler that gives a minimum, or the fixed ones.
effective contains row.min if some row in suite.autoscalers

effective contains row if {
	some row in suite.fixed_replicas
	row.value > 0
	not overridden
}

overridden if {
	some row in suite.autoscalers
	row.min
}

scaled_out if suite.mode.ha == ["n+1"]

scaled_out if {
	suite.service_or_foreign
	not suite.mode
	not never_scaled
}

# Services without a row that run as jobs, and those that the pack of the tenant judges.
never_scaled if suite.service in {"tenant", "bds", "iwddm"}

singleton if suite.mode.ha == ["singleton"]

too_few(value) := ["warning", "one replica gives no redundancy; production runs at least three"] if {
	value == 1
	suite.production
} else := ["info", "one replica gives no redundancy; run at least three outside a lab"] if {
	value == 1
} else := [severity, "the guide wants at least three replicas in production, not two"] if {
	value == 2
	suite.production
	severity := two_severity
}

# A row that was reconstructed speaks more softly.
two_severity := "info" if {
	suite.mode.uncertain
} else := "warning"

singleton_severity := "info" if {
	suite.mode.uncertain
} else := "warning" if {
	suite.component == "gvp-mcp"
} else := "error"
