# METADATA
# title: Upgrade a service by a strategy that it supports
# description: >-
#   Upgrades are blue/green, canary or rolling, and a service supports only certain ones: GWS and WebRTC blue/green,
#   Voice canary, GAuth rolling, Designer rolling or blue/green.
# custom:
#   severity: warning
#   needs: context
#   context: [strategy]
#   remediation: Plan the strategy that the message names.
#   facts: [SUI-158]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Upgrade strategies}
package policies["genesys-suite"]["upgrade-strategy"]

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"path": [], "holds": true, "message": message} if {
	strategy := input.context.strategy
	not strategy in supported
	message := sprintf("strategy %q is not one of %s", [strategy, lib.join_words(supported, "or")])
}

findings contains {"path": [], "holds": true, "message": message} if {
	strategy := input.context.strategy
	strategy in supported
	row := tables.upgrade_strategies[suite.service]
	not strategy in row.strategies
	message := sprintf(
		"%s is upgraded by %s, not %s; plan that",
		[suite.service, lib.join_words(row.strategies, "or"), strategy],
	)
}

supported := ["blue-green", "canary", "rolling-update"]
