# METADATA
# title: Give metrics of the data mart a destination
# description: >-
#   IWD Data Mart is a job, whose metrics nobody can scrape. It pushes them to a Pushgateway.
# custom:
#   severity: warning
#   remediation: Write the address of the Pushgateway, or switch monitoring off.
#   facts: [SUI-124]
#   source:
#     document: Setting up Genesys Multicloud CX Private Edition
#     section: Monitoring approach and configuration
package policies["genesys-suite"].pushgateway

import data.policies["genesys-suite"].lib as suite

findings contains {"path": array.concat(path, ["pushgateway_url"]), "message": message} if {
	suite.service_or_foreign
	monitoring := object.get(input.values, path, {})
	suite.truth(monitoring.enabled)
	monitoring.pushgateway_url in {"", null}
	message := "metrics have no destination; write the address of the Pushgateway, such as http://pushgateway:9091"
}

path := ["iwddm", "env", "monitoring"]
