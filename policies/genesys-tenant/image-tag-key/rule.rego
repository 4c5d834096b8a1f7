# METADATA
# title: Set the image tag where this chart reads it
# description: >-
#   The tip of the suite to pass SERVICE.image.tag on the command line does not fit this chart. Its tags are
#   images.tenant.tag, images.pgdbInit.tag, images.rcsInit.tag and images.pulseInit.tag. Helm takes any other key
#   without a word, and the old images stay.
# custom:
#   severity: error
#   remediation: Set images.tenant.tag and the tags of the init containers to one version.
#   facts: [TEN-018]
#   source: {document: "Upgrade, roll back, or uninstall Tenant Service", section: "Rolling Update: Upgrade"}
package policies["genesys-tenant"]["image-tag-key"]

import data.policies.lib

# The chart's name and the usual spellings are misplaced keys of the schema; this is the name of the release.
findings contains {"path": [service, "image", "tag"], "key": true, "message": message} if {
	some service, values in input.values
	not service in {"tenant", "voice", "image", "images", "global"}
	tag := values.image.tag
	message := sprintf("%s.image.tag is no key of this chart; set images.tenant.tag to %v, and the init tags with it", [
		service,
		tag,
	])
}

findings contains finding if {
	some i, layer in input.layers
	startswith(layer.kind, "set")
	tag := layer.values.images.tenant.tag
	stale := [sprintf("images.%s.tag", [init]) |
		some init in ["pgdbInit", "pulseInit"]
		object.get(input.values, ["images", init, "tag"], tag) != tag
	]
	count(stale) > 0
	finding := {
		"path": ["images", "tenant", "tag"],
		"layer": i,
		"message": sprintf(
			"images.tenant.tag changes to %v on the command line, but not %s; set all of them in one command",
			[tag, lib.join_words(stale, "and")],
		),
	}
}
