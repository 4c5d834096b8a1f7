# METADATA
# title: Name the namespace of namespaced objects
# description: >-
#   Chains, templates and cluster deployments live in a namespace, and what they name is looked up there. Without
#   metadata.namespace the object lands in whatever namespace the client of the moment is set to. A namespace that a
#   kustomization sets counts.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: >-
#     Set metadata.namespace: the system namespace for what is distributed from there, else the tenant's.
#   facts: [K0R-007]
#   source: {document: k0rdent/kcm source code, section: "custom resource definitions, scope"}
package policies.k0rdent["namespace-missing"]

import data.policies.k0rdent.lib as k0

findings contains {
	"manifest": i,
	"path": ["metadata"],
	"key": true,
	"message": sprintf(
		concat(
			"",
			["%s %q names no namespace, so it lands where whoever ", "applies it happens to be; set metadata.namespace"],
		),
		[
			thing.kind,
			k0.name(thing),
		],
	),
} if {
	some kind in k0.namespaced_kinds
	some i, thing in k0.of(kind)
	is_object(thing.metadata)
	k0.namespace(thing) == ""
}
