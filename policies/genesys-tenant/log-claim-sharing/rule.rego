# METADATA
# title: Share a log claim between tenants only if its access mode is ReadWriteMany
# description: >-
#   A claim that volumes.log of two tenants names is one claim for the pods of both. Without ReadWriteMany it can be
#   attached to one node only, and the pods on other nodes hang in ContainerCreating.
# custom:
#   severity: error
#   needs: fleet, manifests
#   remediation: Give the claim the access mode ReadWriteMany, or use logPvc instead.
#   facts: [TEN-180]
#   source: {document: Tenant Service Private Edition Guide, section: Samples and references}
package policies["genesys-tenant"]["log-claim-sharing"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

users := [[[tenant.fleet[i].room, claim.name], i, claim.path] |
	some i, claims in tenant.claims_of
	some claim in claims
]

# narrow are the given claims that only one node can attach, by namespace and name.
narrow := {[lib.get(claim, ["metadata", "namespace"], ""), claim.metadata.name]: index |
	some index, claim in input.manifests
	claim.kind == "PersistentVolumeClaim"
	count(claim.spec.accessModes) > 0
	not "ReadWriteMany" in claim.spec.accessModes
}

findings contains {
	"release": second,
	"path": path,
	"related": [
		{"release": first, "path": there, "message": "the first tenant that uses it"},
		{"manifest": index, "path": ["spec", "accessModes"], "message": "the access modes of the claim"},
	],
	"message": sprintf("claim %q is %s, but %d tenants share it; give it ReadWriteMany, or use logPvc for one per pod", [
		key[1],
		lib.join_words(input.manifests[index].spec.accessModes, "and"),
		count(tenant.members(uses)),
	]),
} if {
	some uses in tenant.groups(users)
	[key, first, there] := uses[0]
	[second, path] := min({[i, at] | some [_, i, at] in uses; i != first})
	index := [index | some namespace in [key[0][1], ""]; index := narrow[[namespace, key[1]]]][0]
}
