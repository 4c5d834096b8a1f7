# METADATA
# title: Give every service a template chain
# description: >-
#   Without templateChain there is no upgrade path, and the first change of the template is refused. The chain can
#   be named from the first deployment on.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: >-
#     Add templateChain to the service, and a ServiceTemplateChain that supports its template.
#   facts: [K0R-043]
#   source: {document: Upgrading and rolling back deployed services, section: "Service Version Upgrade, Warning"}
package policies.k0rdent["no-chain"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": entry.manifest,
	"path": entry.path,
	"message": sprintf(
		concat(
			"",
			[
				"service %q has no templateChain, so it cannot be upgraded ",
				"later; name a ServiceTemplateChain that supports %q",
			],
		),
		[
			entry.service.name,
			entry.service.template,
		],
	),
} if {
	some entry in k0.services
	lib.get(entry.service, ["templateChain"], "") == ""
	not entry.service.helmAction == "Uninstall"
}
