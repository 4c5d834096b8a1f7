# METADATA
# title: Deploy Consul with its service mesh
# description: >-
#   Consul is needed with its service mesh, which the connect injector of its chart provides.
# custom:
#   severity: error
#   needs: fleet
#   remediation: Write connectInject.enabled true.
#   facts: [SUI-087]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Third-party dependencies}
package policies["genesys-suite"]["consul-chart"]

import data.policies["genesys-suite"].lib as suite

findings contains {"release": i, "path": ["connectInject", "enabled"], "message": message} if {
	count(suite.members) > 0
	some i, values in suite.product_values("consul")
	values.connectInject.enabled == false
	message := "without the connect injector Consul has no service mesh, which the services need; write true"
}
