# METADATA
# title: Select clusters
# description: >-
#   Unlike elsewhere in Kubernetes, an empty clusterSelector of a MultiClusterService selects no cluster at all.
#   Without provider.selfManagement the services go nowhere.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: >-
#     Add labels to spec.clusterSelector.matchLabels, or set spec.serviceSpec.provider.selfManagement: true.
#   facts: [K0R-066]
#   source: {document: k0rdent/kcm source code, section: "internal/controller/multiclusterservice_controller.go"}
package policies.k0rdent["selects-nothing"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": i,
	"path": ["spec", "clusterSelector"],
	"message": sprintf(
		concat(
			"",
			[
				"MultiClusterService %q selects no cluster, because an empty clusterSelector ",
				"matches none; add matchLabels, or set provider.selfManagement",
			],
		),
		[
			k0.name(service),
		],
	),
} if {
	some i, service in k0.of("MultiClusterService")
	is_object(service.spec)
	selector := lib.get(service, ["spec", "clusterSelector"], {})
	lib.get(selector, ["matchLabels"], {}) == {}
	lib.get(selector, ["matchExpressions"], []) == []
	object.keys(selector) - {"matchLabels", "matchExpressions"} == set()
	not service.spec.serviceSpec.provider.selfManagement == true
}
