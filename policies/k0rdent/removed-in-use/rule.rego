# METADATA
# title: Remove what nothing names any more
# description: >-
#   The webhook refuses to delete a ServiceTemplate that a service uses, a ClusterDeployment that a Region names,
#   and a MultiClusterService that another depends on. A chain can be deleted while services name it; their next
#   change is refused then.
# custom:
#   severity: error
#   needs: previous
#   remediation: >-
#     Keep the object until nothing names it.
#   facts: [K0R-067, K0R-076, K0R-083, K0R-086]
#   source: {document: k0rdent/kcm source code, section: "internal/webhook"}
package policies.k0rdent["removed-in-use"]

import data.policies.k0rdent.lib as k0

findings contains {
	"manifest": entry.manifest,
	"path": array.concat(entry.path, [key]),
	"severity": severity,
	"facts": [fact],
	"message": sprintf("%s %q is removed while service %q names it%s; keep it until the service names another", [
		kind,
		k0.label(old),
		entry.service.name,
		effect,
	]),
	"related": [{"previous": true, "manifest": i, "path": ["metadata", "name"], "message": "it was declared here"}],
} if {
	some [kind, key, severity, fact, effect] in [
		["ServiceTemplate", "template", "error", "K0R-076", ", and the webhook refuses that"],
		["ServiceTemplateChain", "templateChain", "warning", "K0R-086", ", and its next change is refused"],
	]
	some i, old in k0.gone(kind)
	some entry in k0.services
	entry.service[key] == k0.name(old)
	reaches(old, entry.owner)
}

findings contains {
	"manifest": j,
	"path": ["spec", "supportedTemplates", n, "name"],
	"severity": "warning",
	"facts": ["K0R-076"],
	"message": sprintf(
		"ServiceTemplate %q is removed while chain %q supports it; keep it until the chain is gone",
		[k0.label(old), k0.name(chain)],
	),
	"related": [{"previous": true, "manifest": i, "path": ["metadata", "name"], "message": "it was declared here"}],
} if {
	some i, old in k0.gone("ServiceTemplate")
	some j, chain in k0.of("ServiceTemplateChain")
	k0.in_namespace(chain, k0.namespace(old))
	some n, entry in k0.entries(chain)
	entry.name == k0.name(old)
}

findings contains {
	"manifest": j,
	"path": ["spec", "clusterDeployment"],
	"key": true,
	"facts": ["K0R-083"],
	"message": sprintf(
		concat(
			"",
			[
				"ClusterDeployment %q is removed while Region %q is on it, and ",
				"the webhook refuses that; remove the Region first",
			],
		),
		[
			k0.label(old),
			k0.name(region),
		],
	),
	"related": [{"previous": true, "manifest": i, "path": ["metadata", "name"], "message": "it was declared here"}],
} if {
	some i, old in k0.gone("ClusterDeployment")
	some j, region in k0.of("Region")
	ref := region.spec.clusterDeployment
	ref.name == k0.name(old)
	k0.in_namespace(old, object.get(ref, "namespace", ""))
}

findings contains {
	"manifest": j,
	"path": ["spec", "dependsOn", n],
	"facts": ["K0R-067"],
	"message": sprintf(
		concat(
			"",
			[
				"MultiClusterService %q is removed while %q depends on it, and ",
				"its deletion is refused; remove the dependency first",
			],
		),
		[
			wanted,
			k0.name(service),
		],
	),
	"related": [{"previous": true, "manifest": i, "path": ["metadata", "name"], "message": "it was declared here"}],
} if {
	some i, old in k0.gone("MultiClusterService")
	some j, service in k0.of("MultiClusterService")
	some n, wanted in service.spec.dependsOn
	wanted == k0.name(old)
}

# A chain of the system namespace is named where it is distributed to.
reaches(old, owner) if k0.in_reach(old, owner)
