# METADATA
# title: Distribute namespaced kinds
# description: >-
#   An entry of resources may name namespaced kinds only. apiGroup is k0rdent.mirantis.com by itself for six kinds;
#   any other kind without apiGroup is looked up in the core group.
# custom:
#   severity: error
#   needs: manifests
#   remediation: >-
#     Remove the entry, or add apiGroup: k0rdent.mirantis.com.
#   facts: [K0R-085]
#   source:
#     document: k0rdent/kcm source code
#     section: "internal/webhook/accessmanagement_webhook.go, validateResourceRule"
package policies.k0rdent["access-kind"]

import data.policies.k0rdent.lib as k0

findings contains {
	"manifest": i,
	"path": ["spec", "accessRules", j, "resources", n, "kind"],
	"message": message,
} if {
	some i, access in k0.of("AccessManagement")
	some j, rule in access.spec.accessRules
	some n, resource in rule.resources
	message := wrong(resource)
}

wrong(resource) := sprintf(
	"%s is cluster-scoped and cannot be distributed into namespaces; remove the entry",
	[resource.kind],
) if {
	resource.kind in k0.cluster_kinds
	object.get(resource, "apiGroup", k0.group) == k0.group
}

wrong(resource) := sprintf(
	"%s without apiGroup is looked up in the core group; add apiGroup: %s",
	[resource.kind, k0.group],
) if {
	resource.kind in ((k0.namespaced_kinds - {
		"ClusterTemplateChain",
		"ServiceTemplateChain",
	}) | {"ProviderTemplate", "Region", "ServiceSet"})
	object.get(resource, "apiGroup", "") == ""
}
