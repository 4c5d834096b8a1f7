# METADATA
# title: Put templates into the chain
# description: >-
#   The schema accepts a chain without templates. Such a chain supports nothing, so that a service which names it is
#   refused, and its spec cannot be changed afterwards.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: >-
#     List the templates under spec.supportedTemplates.
#   facts: [K0R-017]
#   source: {document: k0rdent/kcm source code, section: "custom resource definitions of the chains"}
package policies.k0rdent["empty-chain"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": i,
	"path": path,
	"key": true,
	"message": sprintf(
		"chain %q supports no template, so no service can use it; list templates under spec.supportedTemplates",
		[k0.name(chain)],
	),
} if {
	some i, chain in k0.chains
	lib.get(chain, ["spec", "supportedTemplates"], []) == []
	path := [step |
		some n, step in ["spec", "supportedTemplates"]
		lib.present(chain, array.slice(["spec", "supportedTemplates"], 0, n + 1))
	]
}
