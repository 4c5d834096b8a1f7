# METADATA
# title: Run data stores in replication
# description: >-
#   All data stores have their high availability deployed. The architecture standalone of the charts of PostgreSQL
#   and Redis is one pod, which takes all its services down with it.
# custom:
#   severity: error
#   needs: context
#   context: [environment]
#   remediation: Write the architecture replication.
#   facts: [SUI-031]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Data stores}
package policies["genesys-suite"]["standalone-store"]

import data.policies["genesys-suite"].lib as suite

findings contains {"path": ["architecture"], "severity": severity, "message": message} if {
	suite.nothing_told
	input.values.architecture == "standalone"
	message := "a standalone data store has no replica, and high availability is required; write replication"
}

severity := "error" if suite.production

severity := "info" if {
	suite.environment
	not suite.production
}
