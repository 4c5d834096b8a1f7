# METADATA
# title: Offer each template once
# description: >-
#   The same template twice in one availableUpgrades list is how the flattened sample reads. The second one belongs
#   one level up: it is the entry that makes the template supported.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: >-
#     Move the second one to spec.supportedTemplates, or remove it.
#   facts: [K0R-013]
#   source: {document: Upgrading and rolling back deployed services, section: "Service Version Upgrade"}
package policies.k0rdent["target-twice"]

import data.policies.k0rdent.lib as k0

findings contains {
	"manifest": i,
	"path": ["spec", "supportedTemplates", j, "availableUpgrades", n, "name"],
	"message": sprintf("%q is offered twice; %s", [upgrade.name, advice(chain, upgrade.name)]),
	"related": [{
		"manifest": i,
		"path": ["spec", "supportedTemplates", j, "availableUpgrades", first, "name"],
		"message": "the first one is here",
	}],
} if {
	some i, chain in k0.chains
	some j, entry in k0.entries(chain)
	some n, upgrade in k0.upgrades(entry)
	first := min({m | some m, other in k0.upgrades(entry); other.name == upgrade.name})
	first < n
}

advice(chain, name) := "remove one of them" if {
	k0.supported(chain)[name]
} else := "the second one probably belongs one level up, as an entry of spec.supportedTemplates"
