# METADATA
# title: Deploy on a platform that is supported
# description: >-
#   Private edition is supported on Azure Kubernetes Service and on Google Kubernetes Engine. On another platform no
#   test of the vendor covers the deployment.
# custom:
#   severity: warning
#   needs: fleet, context
#   context: [platform]
#   remediation: Deploy on AKS or GKE, or agree on support with the vendor.
#   facts: [SUI-001]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Supported Kubernetes platforms}
package policies["genesys-suite"].platform

import data.policies["genesys-suite"].lib as suite

findings contains {"context": true, "path": ["platform"], "message": message} if {
	input.context.platform
	not suite.platform in {"aks", "gke"}
	message := sprintf("platform %q is not supported; the guide supports aks and gke only", [input.context.platform])
}
