# METADATA
# title: List each template once
# description: >-
#   supportedTemplates is a list keyed by name. The API server refuses a second entry of the same name.
# custom:
#   severity: error
#   needs: manifests
#   remediation: >-
#     Merge the two entries.
#   facts: [K0R-008]
#   source: {document: Upgrading and rolling back deployed services, section: "Service Version Upgrade"}
package policies.k0rdent["template-twice"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": i,
	"path": ["spec", "supportedTemplates", j, "name"],
	"message": sprintf("template %q is listed twice; merge the entries into one", [entry.name]),
	"related": [
		{"manifest": i, "path": ["spec", "supportedTemplates", first, "name"], "message": "the first entry is here"},
	],
} if {
	some i, chain in k0.chains
	some j, entry in k0.entries(chain)
	lib.known(entry.name)
	k0.earlier(chain, j)
	first := min({n | some n, other in k0.entries(chain); other.name == entry.name})
}
