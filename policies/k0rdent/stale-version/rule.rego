# METADATA
# title: Change the version with the template
# description: >-
#   Upgrades compare versions: that of the service first, then those of the template and its chart, then the
#   template's name. A version of the service that still names the old release blocks or confuses the upgrade.
# custom:
#   severity: warning
#   needs: previous
#   remediation: >-
#     Set version to the new release, or remove it.
#   facts: [K0R-053]
#   source: {document: k0rdent/kcm source code, section: "internal/serviceset/util.go, fillServiceVersions"}
package policies.k0rdent["stale-version"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": move.manifest,
	"path": array.concat(move.path, ["version"]),
	"message": sprintf("service %q changes from %q to %q, and version is still %q; change it too, or remove it", [
		move.new.name,
		move.from,
		move.to,
		move.new.version,
	]),
	"related": k0.ended_at(move),
} if {
	some move in k0.moves
	lib.get(move.new, ["version"], "") != ""
	move.new.version == move.old.version
}
