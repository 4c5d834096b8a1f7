# METADATA
# title: Name services as the guide does
# description: >-
#   Only services of the guide's list can be planned. Under any other name no rule knows what the release is.
# custom:
#   severity: error
#   needs: fleet
#   remediation: Write a service, a microservice or an alias of the list.
#   facts: [SUI-054]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Private edition services}
package policies["genesys-suite"]["service-name"]

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"release": i, "path": [], "holds": true, "message": message} if {
	some i, release in input.releases
	"genesys-suite" in release.packs
	name := suite.told(release)
	not known(name)
	message := sprintf("there is no service %q; write %s", [name, meant(name)])
}

findings contains {"context": true, "path": ["installed", i], "message": message} if {
	some i, name in input.context.installed
	not known(lower(name))
	not suite.product_type(lower(name))
	message := sprintf("there is no service %q; write %s", [name, meant(lower(name))])
}

known(name) if suite.service_named(name)

known(name) if tables.value_paths[name]

# The names that begin alike, or all of them.
meant(name) := lib.join_words(sort(alike), "or") if {
	alike := {key | some key in keys; startswith(key, substring(name, 0, 2))}
	count(alike) > 0
} else := lib.join_words(sort(keys), "or")

keys := {key | some key, row in tables.services; not row.kind}
