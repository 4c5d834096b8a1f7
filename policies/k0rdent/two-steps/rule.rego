# METADATA
# title: Change chain and template one after the other
# description: >-
#   A rollback names the rollback chain first, waits until the object is reconciled, and changes the template then.
#   Changed in one edit, the paths that status shows were computed with the old chain.
# custom:
#   severity: warning
#   needs: previous
#   remediation: >-
#     Apply the change of templateChain, wait for the reconciliation, then change the template.
#   facts: [K0R-059]
#   source: {document: Upgrading and rolling back deployed services, section: "Service Version Rollback"}
package policies.k0rdent["two-steps"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": move.manifest,
	"path": array.concat(move.path, ["templateChain"]),
	"message": sprintf(
		concat(
			"",
			[
				"service %q changes its chain from %q to %q and its template from %q to %q at once; ",
				"change the chain first, wait for the reconciliation, then the template",
			],
		),
		[
			move.new.name,
			move.old.templateChain,
			move.new.templateChain,
			move.from,
			move.to,
		],
	),
	"related": k0.ended_at(move),
} if {
	some move in k0.moves
	every service in [move.old, move.new] { lib.get(service, ["templateChain"], "") != "" }
	move.old.templateChain != move.new.templateChain
}
