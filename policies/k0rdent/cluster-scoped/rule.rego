# METADATA
# title: Give cluster-scoped objects no namespace
# description: >-
#   MultiClusterService and AccessManagement belong to the whole management cluster. A namespace means nothing there
#   and misleads readers; services keep a namespace of their own.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: >-
#     Remove metadata.namespace.
#   facts: [K0R-062]
#   source: {document: k0rdent/kcm source code, section: "custom resource definitions, scope"}
package policies.k0rdent["cluster-scoped"]

import data.policies.k0rdent.lib as k0

findings contains {
	"manifest": i,
	"path": ["metadata", "namespace"],
	"message": sprintf("%s is cluster-scoped, so namespace %q means nothing; remove it", [kind, k0.namespace(thing)]),
} if {
	some kind in k0.cluster_kinds
	some i, thing in k0.of(kind)
	k0.namespace(thing) != ""
}
