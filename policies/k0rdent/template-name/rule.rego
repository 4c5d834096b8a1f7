# METADATA
# title: Name templates after their version
# description: >-
#   The document names templates NAME-MAJOR-MINOR-PATCH, one template for each version. A name that promises another
#   version than the chart has leads to wrong chains.
# custom:
#   severity: info
#   needs: manifests
#   remediation: >-
#     Rename the template, or correct chartSpec.version.
#   facts: [K0R-079]
#   source:
#     document: Upgrading and rolling back deployed services
#     section: "Service Version Upgrade; Service Version Rollback"
package policies.k0rdent["template-name"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": i,
	"path": ["metadata", "name"],
	"message": sprintf("template name %q does not end with its version; name it like ingress-nginx-4-11-3", [name]),
} if {
	some kind in ["ServiceTemplate", "ClusterTemplate"]
	some i, template in k0.of(kind)
	name := template.metadata.name
	is_string(name)
	lib.known(name)
	not regex.match(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?-[0-9]+-[0-9]+-[0-9]+$`, name)

	# A pre-release has more parts.
	not regex.match(`-[0-9]+-[0-9]+-[0-9]+-[0-9a-z-]+$`, name)
}

findings contains {
	"manifest": i,
	"path": ["metadata", "name"],
	"severity": "warning",
	"message": sprintf(
		concat(
			"",
			["template name %q promises version %s, and the chart has ", "%s; rename the template, or correct the version"],
		),
		[
			name,
			promised,
			version,
		],
	),
	"related": [
		{"manifest": i, "path": ["spec", "helm", "chartSpec", "version"], "message": "the chart's version is here"},
	],
} if {
	some kind in ["ServiceTemplate", "ClusterTemplate"]
	some i, template in k0.of(kind)
	name := template.metadata.name
	lib.known(name)
	version := template.spec.helm.chartSpec.version
	[[_, have]] := regex.find_all_string_submatch_n(`^v?([0-9]+\.[0-9]+\.[0-9]+)$`, version, 1)
	[[_, tail]] := regex.find_all_string_submatch_n(`-([0-9]+-[0-9]+-[0-9]+)$`, name, 1)
	promised := replace(tail, "-", ".")
	promised != have
}
