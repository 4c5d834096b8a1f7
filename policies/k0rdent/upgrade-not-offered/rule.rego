# METADATA
# title: Take an upgrade that the live object offers
# description: >-
#   After its reconciliation an object lists in status.servicesUpgradePaths the templates that each service may
#   change to: versions since KCM 1.6.0, upgradePaths before. Another template is not deployed.
# custom:
#   severity: error
#   needs: previous
#   remediation: >-
#     Take one of the listed templates, or name another chain first.
#   facts: [K0R-048, K0R-049]
#   source: {document: Upgrading and rolling back deployed services, section: "Service Version Upgrade"}
package policies.k0rdent["upgrade-not-offered"]

import data.policies.k0rdent.lib as k0

findings contains {
	"manifest": move.manifest,
	"path": array.concat(move.path, ["template"]),
	"message": sprintf("the live object lets service %q change to %s, and not to %q; %s", [
		move.new.name,
		said(offered),
		move.to,
		advice(offered),
	]),
	"related": [{
		"previous": true,
		"manifest": move.previous,
		"path": ["status", "servicesUpgradePaths", n],
		"message": "the available upgrades are here",
	}],
} if {
	some move in k0.moves
	object.get(move.old, "templateChain", "") == object.get(move.new, "templateChain", "")
	some n, upgrade in move.previous_owner.status.servicesUpgradePaths
	k0.key(upgrade) == k0.key(move.new)
	upgrade.template == move.from
	offered := names(upgrade)
	not move.to in offered
}

names(upgrade) := {version.name |
	some available in upgrade.availableUpgrades
	some version in available.versions
} | {name | some available in upgrade.availableUpgrades; some name in available.upgradePaths}

said(offered) := k0.list(offered) if {
	count(offered) > 0
} else := "no other template"

advice(offered) := "take one of these, or name a chain that leads there first" if {
	count(offered) > 0
} else := "name a chain that leads there first"
