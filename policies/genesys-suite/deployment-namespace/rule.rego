# METADATA
# title: Name the namespace of the release in its values
# description: >-
#   Some charts take the namespace from their values, too. For those of Voice it is voice; for any it is the one
#   that the release is installed to.
# custom:
#   severity: error
#   remediation: Write the namespace of the release.
#   facts: [SUI-118]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Creating namespaces}
package policies["genesys-suite"]["deployment-namespace"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"path": path, "message": message} if {
	own := object.get(input.values, path, null)
	is_string(own)
	lib.known(own)
	own != ""
	message := problem(own)
}

path := ["deployment", "namespace"]

problem(own) := sprintf("Voice and its tenants live in namespace voice, not in %q; write voice", [own]) if {
	suite.service in {"voice", "tenant"}
	own != "voice"
} else := sprintf("the values name namespace %q, and the release goes to %s; write that", [own, namespace]) if {
	suite.service
	namespace := input.release.namespace
	lib.known(namespace)
	own != namespace
}
