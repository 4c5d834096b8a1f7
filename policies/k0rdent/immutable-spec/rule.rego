# METADATA
# title: Make a new chain or template instead of changing one
# description: >-
#   The spec of a chain and that of a template cannot change after creation; the API server refuses the update with
#   `Spec is immutable`. The order of the entries of a chain does not count, and writing out a default is no change.
# custom:
#   severity: error
#   needs: previous
#   remediation: >-
#     Restore the old spec, and put the change into an object of another name.
#   facts: [K0R-015, K0R-057, K0R-068, K0R-077]
#   source: {document: Upgrading and rolling back deployed services, section: "Service Version Upgrade, Warning"}
package policies.k0rdent["immutable-spec"]

import data.policies.k0rdent.lib as k0

findings contains {
	"manifest": j,
	"path": ["spec"],
	"key": true,
	"facts": facts(old, new),
	"message": sprintf(
		"the spec of %s %q changed, and it is immutable; restore it, and %s",
		[kind, k0.label(new), advice(old, new)],
	),
	"related": [{"previous": true, "manifest": i, "path": ["spec"], "key": true, "message": "the spec before"}],
} if {
	some [kind, i, j] in k0.same
	kind in {"ServiceTemplateChain", "ClusterTemplateChain", "ServiceTemplate", "ClusterTemplate"}
	old := input.previous.manifests[i]
	new := input.manifests[j]
	k0.compared(old) != k0.compared(new)
}

facts(old, new) := ["K0R-015", "K0R-057"] if {
	reversed(old, new)
} else := ["K0R-015"] if {
	new.kind == "ServiceTemplateChain"
} else := ["K0R-015", "K0R-077"] if {
	new.kind == "ClusterTemplateChain"
} else := ["K0R-068"]

# reversed says that the new chain turns an edge of the old one around.
reversed(old, new) if {
	some from, after in k0.edges(old)
	some to in after
	from in k0.edges(new)[to]
	not from in k0.edges(old)[to]
}

advice(old, new) := sprintf("choose another name for the way back, for example %s-rollback", [k0.name(new)]) if {
	reversed(old, new)
} else := sprintf("put the change into a chain of another name, for example %s-v2", [k0.name(new)]) if {
	k0.chain_kinds[new.kind]
} else := "make a template of another name for the new version"
