# METADATA
# title: Roll back by a chain of its own
# description: >-
#   The document asks for a separate chain for the way back. A chain that holds both directions is accepted.
# custom:
#   severity: info
#   needs: previous
#   remediation: >-
#     Make a chain of its own for rollbacks.
#   facts: [K0R-056]
#   source: {document: Upgrading and rolling back deployed services, section: "Service Version Rollback"}
package policies.k0rdent["rollback-chain"]

import data.policies.k0rdent.lib as k0

findings contains {
	"manifest": move.manifest,
	"path": array.concat(move.path, ["templateChain"]),
	"message": sprintf(
		concat(
			"",
			["chain %q leads from %q to %q and back; the document ", "asks for a chain of its own for the way back"],
		),
		[
			move.new.templateChain,
			move.to,
			move.from,
		],
	),
} if {
	some move in k0.moves
	move.old.templateChain == move.new.templateChain
	k0.natural(move.to) < k0.natural(move.from)
	some i in k0.chain_of(move.new, move.owner)
	chain := input.manifests[i]
	move.from in k0.reached(chain, move.to)
	move.to in k0.reached(chain, move.from)
}
