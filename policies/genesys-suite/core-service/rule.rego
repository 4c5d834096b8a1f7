# METADATA
# title: Deploy the core services before others
# description: >-
#   GWS and all later services authenticate through GAuth, and a service that is added to a running platform needs
#   GAuth, GWS and Tenant. Whether they are there is known only when the configuration tells if this is the initial
#   deployment, and what is installed.
# custom:
#   severity: warning
#   needs: fleet, context
#   context: [initialDeployment, installed]
#   remediation: Plan the core service, or list it as installed.
#   facts: [SUI-126, SUI-128, SUI-156]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: "Deployment order; FAQ"}
package policies["genesys-suite"]["core-service"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {
	"release": index,
	"path": [],
	"holds": true,
	"severity": severity,
	"facts": ["SUI-126"],
	"message": message,
} if {
	some severity in told
	some site, group in sites
	not "gauth" in {member.service | some member in group}
	not suite.installed("gauth")
	later := {member | some member in group; suite.wave_of(member) > 2}
	index := min({member.index | some member in later})
	message := sprintf("%s authenticates through gauth, which is neither planned nor installed; deploy it first", [
		suite.members[index].name,
	])
}

findings contains {
	"release": member.index,
	"path": [],
	"holds": true,
	"facts": ["SUI-128"],
	"message": message,
} if {
	input.context.initialDeployment == false
	is_array(input.context.installed)
	some member in suite.members
	suite.wave_of(member) > 5
	missing := {"gauth", "gws", "tenant"} - suite.planned
	count(missing) > 0
	message := sprintf("%s is added to a platform without %s, which every service needs; install that first", [
		member.name, lib.join_words(sort(missing), "and"),
	])
}

findings contains {
	"context": true,
	"path": ["initialDeployment"],
	"severity": "info",
	"facts": ["SUI-156"],
	"message": message,
} if {
	input.context.initialDeployment == true
	without := {member.name | some member in suite.members; suite.wave_of(member); not member.release.context.order}
	count(without) > 1
	message := sprintf("an initial deployment follows an order, and %d releases have no position; give them one", [
		count(without),
	])
}

# The other answer speaks only when the configuration tells what is installed.
told contains "error" if input.context.initialDeployment == true

told contains "warning" if {
	input.context.initialDeployment == false
	is_array(input.context.installed)
}

sites[object.get(member, "unit", "")] contains member if some member in suite.members
