# METADATA
# title: Pin image tags to a version
# description: >-
#   The tag latest names another image tomorrow. The tenant image and its init containers then stop being of one version
#   as soon as one node pulls again, and a rollback has nothing to go back to.
# custom:
#   severity: warning
#   remediation: Write the version that is installed, such as 100.0.1000076.
#   facts: [TEN-153]
#   source: {document: Tenant Service Private Edition Guide, section: Images}
package policies["genesys-tenant"]["floating-tag"]

findings contains {
	"path": ["images", name, "tag"],
	"message": sprintf("images.%s.tag is %q, which names another image tomorrow; write the version that you install", [name, image.tag]),
} if {
	some name, image in input.values.images
	lower(image.tag) == "latest"
}
