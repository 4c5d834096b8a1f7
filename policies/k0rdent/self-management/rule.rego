# METADATA
# title: Set selfManagement on a MultiClusterService only
# description: >-
#   provider.selfManagement makes the management cluster a target of a MultiClusterService. On a ClusterDeployment
#   it is ignored.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: >-
#     Remove selfManagement, or move the services to a MultiClusterService.
#   facts: [K0R-039]
#   source: {document: k0rdent/kcm source code, section: "custom resource definitions, serviceSpec.provider"}
package policies.k0rdent["self-management"]

import data.policies.k0rdent.lib as k0

findings contains {
	"manifest": i,
	"path": ["spec", "serviceSpec", "provider", "selfManagement"],
	"message": concat(
		"",
		[
			"selfManagement is ignored on a ClusterDeployment; remove it, or ",
			"deploy to the management cluster with a MultiClusterService",
		],
	),
} if {
	some i, cluster in k0.of("ClusterDeployment")
	cluster.spec.serviceSpec.provider.selfManagement == true
}
