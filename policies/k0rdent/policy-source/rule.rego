# METADATA
# title: Give each policy one source
# description: >-
#   An entry of policyRefs names an object by kind, or an address by remoteURL: exactly one of them. The API server
#   refuses both and neither.
# custom:
#   severity: error
#   needs: manifests
#   remediation: >-
#     Remove remoteURL or kind; add the one that is missing.
#   facts: [K0R-040]
#   source: {document: k0rdent/kcm source code, section: "custom resource definitions, serviceSpec.policyRefs"}
package policies.k0rdent["policy-source"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": i,
	"path": ["spec", "serviceSpec", "policyRefs", j],
	"message": sprintf("the policy has %s; %s", problem),
} if {
	some kind in ["ClusterDeployment", "MultiClusterService"]
	some i, owner in k0.of(kind)
	some j, policy in owner.spec.serviceSpec.policyRefs
	is_object(policy)
	problem := wrong(count([key | some key in ["kind", "remoteURL"]; lib.present(policy, [key])]))
}

wrong(2) := ["both kind and remoteURL", "keep one of them"]

wrong(0) := ["neither kind nor remoteURL", "add one of them"]
