# METADATA
# title: Name each service once
# description: >-
#   Services are told apart by namespace and name, and a missing namespace means default. Since KCM 1.4.0 the API
#   server refuses the second one; before, one of them won.
# custom:
#   severity: error
#   needs: manifests
#   remediation: >-
#     Rename one of the services, or give it another namespace.
#   facts: [K0R-027]
#   source: {document: Upgrading and rolling back deployed services, section: "Service Version Upgrade"}
package policies.k0rdent["service-twice"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": i,
	"path": array.concat(k0.services_path, [j, "name"]),
	"severity": severity,
	"message": sprintf(
		"service %q is listed twice for namespace %q; rename one of them, or remove it",
		[service.name, key[0]],
	),
	"related": [
		{"manifest": i, "path": array.concat(k0.services_path, [first, "name"]), "message": "the first one is here"},
	],
} if {
	some kind in ["ClusterDeployment", "MultiClusterService"]
	some i, owner in k0.of(kind)
	all := object.get(owner, k0.services_path, [])
	some j, service in all
	key := k0.key(service)
	every part in key { lib.known(part) }
	first := min({n | some n, other in all; k0.key(other) == key})
	first < j
}

default severity := "error"

severity := "warning" if k0.kcm_before("1.4.0")
