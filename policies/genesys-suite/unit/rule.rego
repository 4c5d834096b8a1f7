# METADATA
# title: Deploy services of the primary unit there only
# description: >-
#   A secondary unit hosts voice-related services. Digital channels and the services that the guide marks as primary
#   unit only do not run there. The mode of disaster recovery is that of the guide; a service of the primary unit
#   may do without.
# custom:
#   severity: error
#   needs: context
#   context: [unit, dr]
#   remediation: Move the release to the primary unit, or give the mode that the message names.
#   facts: [SUI-005, SUI-059, SUI-060, SUI-061]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Modes for each service}
package policies["genesys-suite"].unit

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite

findings contains {"path": [], "holds": true, "severity": severity, "facts": facts, "message": message} if {
	suite.role_of(suite.here) == "secondary"
	[severity, facts] := place
	message := sprintf(
		"%s runs in the primary unit only, and this release goes to a secondary one; move it",
		[suite.component],
	)
}

findings contains {"path": [], "holds": true, "severity": severity, "facts": facts, "message": message} if {
	mode := input.context.dr
	[severity, facts, message] := recovery(mode)
}

place := ["error", ["SUI-005"]] if {
	suite.component == "nexus"
} else := ["warning", ["SUI-005", "SUI-060"]] if {
	suite.component in {"iwd", "iwdem", "ixn", "ucsx"}
} else := ["warning", ["SUI-060"]] if {
	suite.mode.unit == "primary-only"
	suite.mode.uncertain
} else := ["error", ["SUI-060"]] if {
	suite.mode.unit == "primary-only"
}

recovery(mode) := ["warning", ["SUI-059"], sprintf("%q is no mode of disaster recovery; write one of %s", [
	mode, concat(", ", sort([name | some name, _ in tables.dr_modes])),
])] if {
	not tables.dr_modes[mode]
} else := ["info", ["SUI-059", "SUI-061"], text(mode)] if {
	differs(mode)
	suite.mode.unit == "primary-only"
	mode != "not-supported"
	suite.mode.uncertain
} else := ["warning", ["SUI-059", "SUI-061"], text(mode)] if {
	differs(mode)
	suite.mode.unit == "primary-only"
	mode != "not-supported"
} else := ["info", ["SUI-059"], text(mode)] if {
	differs(mode)
	suite.mode.unit != "primary-only"
	suite.mode.uncertain
} else := ["warning", ["SUI-059"], text(mode)] if {
	differs(mode)
	suite.mode.unit != "primary-only"
}

differs(mode) if {
	suite.mode.dr != "not-stated"
	suite.mode.dr != mode
}

text(mode) := sprintf("disaster recovery of %s is %s by the guide, not %s", [suite.component, suite.mode.dr, mode])
