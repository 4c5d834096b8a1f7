# METADATA
# title: Write an access rule in one way
# description: >-
#   From KCM 1.12.0 on, a rule that has resources does not read the older lists any more, unless the migration
#   webhook has moved them.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: >-
#     Move the names of the list into resources.
#   facts: [K0R-082]
#   source: {document: k0rdent/kcm source code, section: "api/v1beta1/accessmanagement_types.go, EffectiveResources"}
package policies.k0rdent["access-list-ignored"]

import data.policies.k0rdent.lib as k0

findings contains {
	"manifest": i,
	"path": ["spec", "accessRules", j, list],
	"key": true,
	"message": sprintf(
		"%s is not read beside resources, so %s may not be distributed; move the names into resources",
		[list, k0.list(rule[list])],
	),
} if {
	some i, access in k0.of("AccessManagement")
	some j, rule in access.spec.accessRules
	count(rule.resources) > 0
	some list in [
		"clusterTemplateChains", "serviceTemplateChains", "credentials", "clusterAuthentications", "dataSources",
		"clusterAuditPolicies",
	]
	count(rule[list]) > 0
}
