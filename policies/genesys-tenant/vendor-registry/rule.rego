# METADATA
# title: Pull images from your own registry
# description: >-
#   Genesys images are loaded into a registry of your own. A deployment that pulls from the registry of the vendor
#   depends on its network, its credentials and the life of its tags.
# custom:
#   severity: info
#   remediation: Copy the images to your registry and set images.registry to it.
#   facts: [TEN-037]
#   source: {document: Tenant Service Private Edition Guide, section: Third-party prerequisites}
package policies["genesys-tenant"]["vendor-registry"]

import data.policies.lib

findings contains {"path": ["images", "registry"], "message": message} if {
	registry := input.values.images.registry
	is_string(registry)
	regex.match(`(?i)(^|\.)jfrog\.io(:[0-9]+)?(/|$)`, registry)
	message := sprintf(
		"registry %s is at jfrog.io, where Genesys publishes; use a registry of your own",
		[lib.quote(registry)],
	)
}
