# METADATA
# title: Know that dependent services wait
# description: >-
#   A service that depends on others is upgraded only when these are deployed at the wanted version. One that fails
#   keeps the service at its old version.
# custom:
#   severity: info
#   needs: previous
#   remediation: >-
#     Change them one after the other, if the waiting is not wanted.
#   facts: [K0R-035]
#   source: {document: k0rdent/kcm source code, section: "internal/serviceset/util.go, FilterServiceDependencies"}
package policies.k0rdent["rollout-order"]

import data.policies.k0rdent.lib as k0

findings contains {
	"manifest": move.manifest,
	"path": array.concat(move.path, ["template"]),
	"message": sprintf(
		"service %q waits until %s, which it depends on, is upgraded as well",
		[move.new.name, k0.list(awaited)],
	),
	"related": k0.ended_at(move),
} if {
	some move in k0.moves
	awaited := {concat("/", k0.key(dependency)) |
		some dependency in move.new.dependsOn
		moving[move.manifest][k0.key(dependency)]
	}
	count(awaited) > 0
}

# moving are the services that change, by their object.
moving := object.union_n([{move.manifest: {k0.key(move.new): true}} | some move in k0.moves])
