# METADATA
# title: Support every template that the chain offers
# description: >-
#   Every template of an availableUpgrades list has to be an entry of supportedTemplates of the same chain; the
#   newest one is an entry without upgrades. Otherwise the webhook refuses the chain.
# custom:
#   severity: error
#   needs: manifests
#   remediation: >-
#     Add the template as an entry of spec.supportedTemplates, on the level of the other entries.
#   facts: [K0R-012, K0R-058, K0R-077]
#   source:
#     document: Upgrading and rolling back deployed services
#     section: "Service Version Upgrade; Service Version Rollback"
package policies.k0rdent["target-unsupported"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": i,
	"path": ["spec", "supportedTemplates", j, "availableUpgrades", n, "name"],
	"facts": facts[chain.kind],
	"message": sprintf(
		concat(
			"",
			["%q may follow %q, but the chain does not support it; ", "add `- name: %s` to spec.supportedTemplates"],
		),
		[
			upgrade.name,
			entry.name,
			upgrade.name,
		],
	),
} if {
	some i, chain in k0.chains
	some j, entry in k0.entries(chain)
	some n, upgrade in k0.upgrades(entry)
	lib.known(upgrade.name)
	not k0.supported(chain)[upgrade.name]
	every name, _ in k0.supported(chain) { lib.known(name) }
}

facts := {"ServiceTemplateChain": ["K0R-012", "K0R-058"], "ClusterTemplateChain": ["K0R-012", "K0R-077"]}
