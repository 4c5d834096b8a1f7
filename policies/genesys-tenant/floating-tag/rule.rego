# METADATA
# title: Pin image tags to a version
# description: >-
#   The tag latest names another image tomorrow. The tenant image and its init containers then stop being of one version
#   as soon as one node pulls again, and a rollback has nothing to go back to.
# custom:
#   severity: warning
#   remediation: Write the version that is installed, such as 100.0.1000076.
#   facts: [TEN-153]
#   source: {document: Tenant Service Private Edition Guide, section: Single service at one location}
package policies["genesys-tenant"]["floating-tag"]

import data.policies.lib

findings contains {
	"path": ["images", name, "tag"],
	"message": sprintf(
		"images.%s.tag is %q, which names another image tomorrow; write the version that you install",
		[name, image.tag],
	),
} if {
	some name, image in input.values.images
	lower(image.tag) == "latest"
	not differs(name, image)
}

# differs says that image-version asks for the version of the service already.
differs(name, image) if {
	name in {"pgdbInit", "pulseInit", "rcsInit"}
	object.get(image, "enable", "") != "false"
	version := input.values.images.tenant.tag
	lib.known(version)
	regex.match(`^[0-9]`, version)
}
