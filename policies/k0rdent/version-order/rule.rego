# METADATA
# title: Mind that versions are compared as text
# description: >-
#   From KCM 1.6.0 on, a wanted version that sorts before the running one as text counts as allowed, and the chain
#   is not asked: 1.10.0 sorts before 1.9.0.
# custom:
#   severity: info
#   needs: previous
#   remediation: >-
#     Check the way by hand; the chain does not guard it.
#   facts: [K0R-060]
#   source: {document: k0rdent/kcm source code, section: "internal/serviceset/util.go, ServicesToDeploy"}
package policies.k0rdent["version-order"]

import data.policies.k0rdent.lib as k0

findings contains {
	"manifest": move.manifest,
	"path": array.concat(move.path, ["template"]),
	"message": sprintf(
		"version %s sorts before %s as text, so the controller takes this upgrade for a downgrade and does not ask the chain",
		[to, from],
	),
	"related": k0.ended_at(move),
} if {
	not k0.kcm_before("1.6.0")
	some move in k0.moves
	from := k0.version(move.old, k0.before_named("ServiceTemplate", move.from))
	to := k0.version(move.new, [input.manifests[i] | some i in k0.named("ServiceTemplate", move.to)])
	to < from
	semver.compare(k0.semantic(to), k0.semantic(from)) > 0
}
