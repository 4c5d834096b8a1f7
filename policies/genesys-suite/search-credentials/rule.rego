# METADATA
# title: Reach Elasticsearch without credentials
# description: >-
#   The services cannot log in to Elasticsearch or OpenSearch. The cluster has to let them in without, and to be
#   protected by the network.
# custom:
#   severity: error
#   remediation: Remove the credentials, and switch the security of the cluster off.
#   facts: [SUI-034]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Elasticsearch / OpenSearch}
package policies["genesys-suite"]["search-credentials"]

import data.policies["genesys-suite"].lib as suite

findings contains {"path": path, "message": message} if {
	suite.service_or_foreign
	some [path, value] in suite.addresses
	regex.match(`^https?://[^/@\s$]+:[^/@\s$]+@`, value)
	searching(path)
	message := "the address holds credentials, and the services cannot log in to Elasticsearch; remove them"
}

findings contains {"path": ["security", "enabled"], "message": secured} if {
	suite.nothing_told
	input.values.security.enabled == true
	input.values.master
	input.values.data
}

findings contains {"path": path, "message": secured} if {
	suite.nothing_told
	some path in [["xpack.security.enabled"], ["xpack", "security", "enabled"]]
	object.get(input.values, path, false) == true
}

secured := "the services cannot log in to Elasticsearch; write false, and guard the cluster by the network"

searching(path) if {
	text := lower(concat(".", [sprintf("%v", [step]) | some step in path]))
	regex.match(`elastic|opensearch|(^|\.)des_es_`, text)
	not regex.match(`kibana|logging|fluent|monitor`, text)
}
