# METADATA
# title: Plan Elasticsearch without authentication
# description: >-
#   The services cannot log in to Elasticsearch or OpenSearch. The cluster has to let them in without, and to be
#   protected by the network.
# custom:
#   severity: error
#   needs: fleet
#   context: [thirdParty]
#   remediation: Switch the authentication of the product off.
#   facts: [SUI-034]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Elasticsearch / OpenSearch}
package policies["genesys-suite"]["search-product"]

import data.policies["genesys-suite"].lib as suite

findings contains {"context": true, "path": ["thirdParty", entry.name, "auth"], "message": message} if {
	some entry in suite.listed
	entry.type in {"elasticsearch", "opensearch"}
	entry.product.auth == true
	message := sprintf("the services cannot log in to %s; switch its authentication off and guard it by the network", [
		entry.name,
	])
}

findings contains {"release": i, "path": ["security", "enabled"], "message": message} if {
	some type in ["elasticsearch", "opensearch"]
	some i, values in suite.product_values(type)
	values.security.enabled == true
	message := "the services cannot log in to Elasticsearch; write false, and guard the cluster by the network"
}
