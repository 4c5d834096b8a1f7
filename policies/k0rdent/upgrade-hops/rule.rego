# METADATA
# title: Know the way of an upgrade
# description: >-
#   Paths are followed through availableUpgrades from template to template. With several hops the controller
#   installs the lowest next version first and goes on step by step: by semantic version since 1.10.0, by text from
#   1.6.0 to 1.9. Where hops have no semantic version, it may go straight to the last one.
# custom:
#   severity: info
#   needs: previous
#   remediation: >-
#     Give the targets of the chain a version, or take one hop at a time.
#   facts: [K0R-018, K0R-052]
#   source: {document: k0rdent/kcm source code, section: "internal/serviceset/util.go, minimumUpgradeStep"}
package policies.k0rdent["upgrade-hops"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": move.manifest,
	"path": array.concat(move.path, ["template"]),
	"message": sprintf("service %q goes by %s: %d hops of chain %q%s", [
		move.new.name,
		k0.route(path),
		count(path) - 1,
		move.new.templateChain,
		caution(chain, path),
	]),
	"related": k0.ended_at(move),
} if {
	some move in k0.moves
	indexes := k0.chain_of(move.new, move.owner)
	count(indexes) > 0
	chain := input.manifests[min(indexes)]
	path := k0.hops(chain, move.from, move.to)
	count(path) > 2
}

caution(chain, path) := "; the targets have no semantic version, so the controller may go straight to the last one" if {
	some n in numbers.range(0, count(path) - 2)
	not k0.semantic(version(chain, path[n], path[n + 1]))
} else := sprintf(
	"; KCM %s orders versions as text, and takes %s for the lowest",
	[input.context.kcmVersion, lowest],
) if {
	k0.kcm_from("1.6.0")
	k0.kcm_before("1.10.0")
	versions := [version(chain, path[n], path[n + 1]) | some n in numbers.range(0, count(path) - 2)]
	sort(versions) != versions
	lowest := min(versions)
} else := ""

version(chain, from, to) := text if {
	some _, upgrade in k0.upgrades(k0.supported(chain)[from])
	upgrade.name == to
	text := lib.get(upgrade, ["version"], to)
}
