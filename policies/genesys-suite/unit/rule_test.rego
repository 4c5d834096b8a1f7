package policies["genesys-suite"].unit_test

import data.policies["genesys-suite"].unit as rule

severities(context) := {finding.severity | some finding in rule.findings with input as {"context": context}}

test_units if {
	severities({"service": "nexus", "unit": "secondary"}) == {"error"}
	severities({"service": "designer", "unit": "secondary"}) == {"error"}
	severities({"service": "designer-das", "unit": "secondary"}) == set()
	severities({"service": "pulse", "unit": "secondary"}) == {"warning"}
	severities({"service": "nexus", "unit": "primary"}) == set()
	severities({"service": "nexus", "unit": "b", "units": [{"name": "b", "role": "secondary"}]}) == {"error"}
	severities({"service": "nexus"}) == set()
}

test_recovery if {
	severities({"service": "designer-das", "dr": "active-spare"}) == set()
	severities({"service": "ges", "dr": "active-spare"}) == {"warning"}
	severities({"service": "designer", "dr": "pilot-light"}) == set()
	severities({"service": "designer", "dr": "not-supported"}) == set()
	severities({"service": "gim", "dr": "active-spare"}) == {"info"}
	severities({"service": "gim", "dr": "hot"}) == {"warning"}
}
