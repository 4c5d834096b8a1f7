# METADATA
# title: Give all targets a version or none
# description: >-
#   Within one availableUpgrades list either every entry has a version or none has. A mix makes the whole chain
#   invalid.
# custom:
#   severity: error
#   needs: manifests
#   remediation: >-
#     Add the missing versions, or remove the others.
#   facts: [K0R-014]
#   source:
#     document: k0rdent/kcm source code
#     section: "api/v1beta1/templatechain_common.go, TemplateChainSpec.IsValid"
package policies.k0rdent["mixed-versions"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": i,
	"path": ["spec", "supportedTemplates", j, "availableUpgrades", n],
	"message": sprintf("target %q has no version while %s %s one; the chain is invalid with a mix: add its version", [
		upgrade.name,
		k0.list(with_version),
		{true: "has", false: "have"}[count(with_version) == 1],
	]),
} if {
	some i, chain in k0.chains
	some j, entry in k0.entries(chain)
	some n, upgrade in k0.upgrades(entry)
	not versioned(upgrade)
	with_version := {other.name | some _, other in k0.upgrades(entry); versioned(other)}
	count(with_version) > 0
}

versioned(upgrade) if not lib.get(upgrade, ["version"], "") == ""
