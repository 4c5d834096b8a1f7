# METADATA
# title: Leave the managed label to the controller
# description: >-
#   k0rdent marks what it distributes with k0rdent.mirantis.com/managed=true. On a chain of one's own the label
#   switches off the check that the templates exist.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: >-
#     Remove the label; distribute chains with an access rule of AccessManagement.
#   facts: [K0R-003]
#   source: {document: k0rdent/kcm source code, section: "internal/webhook/templatechain_webhook.go"}
package policies.k0rdent["managed-label"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": i,
	"path": ["metadata", "labels", "k0rdent.mirantis.com/managed"],
	"message": sprintf(
		concat(
			"",
			[
				"label k0rdent.mirantis.com/managed says that the controller ",
				"made chain %q, and hides missing templates; remove it",
			],
		),
		[
			k0.name(chain),
		],
	),
} if {
	some i, chain in k0.chains
	chain.metadata.labels["k0rdent.mirantis.com/managed"] == "true"
	lib.known(k0.namespace(chain))
	k0.namespace(chain) != k0.system_namespace
	not chain.metadata.uid
}
