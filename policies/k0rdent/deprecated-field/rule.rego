# METADATA
# title: Use what replaces a deprecated field
# description: >-
#   Since KCM 1.3.0 the settings of serviceSpec belong to serviceSpec.provider.config, since 1.8.0 createNamespace
#   and replace of helmOptions to helmOptions.installOptions, since 1.12.0 the lists of an access rule to resources.
#   The old places still work. Exported objects are passed over, because defaults are written there.
# custom:
#   severity: info
#   needs: manifests
#   remediation: >-
#     Move the setting to the place that the message names.
#   facts: [K0R-033, K0R-038, K0R-080]
#   source: {document: k0rdent/kcm source code, section: "custom resource definitions, deprecated fields"}
package policies.k0rdent["deprecated-field"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

settings := [
	"syncMode", "templateResourceRefs", "policyRefs", "driftIgnore", "driftExclusions", "priority", "stopOnConflict",
	"reload", "continueOnError",
]

findings contains {
	"manifest": i,
	"path": path,
	"key": true,
	"facts": ["K0R-038"],
	"message": sprintf(
		"%s is deprecated; write it as spec.serviceSpec.provider.config.%s",
		[lib.path_string(path), setting],
	),
} if {
	not k0.kcm_before("1.3.0")
	some kind in ["ClusterDeployment", "MultiClusterService"]
	some i, owner in k0.of(kind)
	not k0.exported(owner)
	some setting in settings
	path := ["spec", "serviceSpec", setting]
	lib.present(owner, path)
}

findings contains {
	"manifest": place.manifest,
	"path": path,
	"key": true,
	"severity": severity,
	"facts": ["K0R-033"],
	"message": sprintf("%s is deprecated since KCM 1.8.0; write it as installOptions.%s", [lib.path_string(path), option]),
} if {
	not k0.kcm_before("1.8.0")
	some place in options
	some option in ["createNamespace", "replace"]
	lib.present(place.options, [option])
	path := array.concat(place.path, [option])
}

findings contains {
	"manifest": i,
	"path": ["spec", "accessRules", j, list],
	"key": true,
	"facts": ["K0R-080"],
	"message": sprintf(
		"%s is deprecated since KCM 1.12.0; write an entry {kind: %s, names: [...]} of resources",
		[list, kind],
	),
} if {
	k0.kcm_from("1.12.0")
	some i, access in k0.of("AccessManagement")
	some j, rule in access.spec.accessRules
	some list, kind in lists
	lib.present(rule, [list])
}

lists := {
	"clusterTemplateChains": "ClusterTemplateChain",
	"serviceTemplateChains": "ServiceTemplateChain",
	"credentials": "Credential",
	"clusterAuthentications": "ClusterAuthentication",
	"dataSources": "DataSource",
	"clusterAuditPolicies": "ClusterAuditPolicy",
}

options contains {
	"manifest": entry.manifest,
	"path": array.concat(entry.path, ["helmOptions"]),
	"options": entry.service.helmOptions,
} if {
	some entry in k0.services
}

options contains {"manifest": i, "path": ["spec", "helmOptions"], "options": template.spec.helmOptions} if {
	some i, template in k0.of("ServiceTemplate")
}

default severity := "info"

severity := "warning" if k0.kcm_from("1.8.0")
