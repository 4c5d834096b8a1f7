# METADATA
# title: Pin the version of a chart
# description: >-
#   chartSpec.version defaults to *, which follows whatever the repository offers. The spec of a template is
#   immutable, so that it can never say which version runs.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: >-
#     Write one version, such as 0.19.1, and a template for each version.
#   facts: [K0R-072]
#   source:
#     document: k0rdent/kcm source code
#     section: "custom resource definitions of ServiceTemplate, chartSpec.version"
package policies.k0rdent["floating-version"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": i,
	"path": path,
	"message": sprintf(
		"%s, so the template follows whatever the repository offers; write one version, such as 0.19.1",
		[problem],
	),
} if {
	some i, template in k0.of("ServiceTemplate")
	spec := template.spec.helm.chartSpec
	is_object(spec)
	[path, problem] := wrong(spec)
}

wrong(spec) := [["spec", "helm", "chartSpec"], "chartSpec has no version"] if {
	lib.get(spec, ["version"], "") == ""
} else := [["spec", "helm", "chartSpec", "version"], sprintf("version %q is a range", [spec.version])] if {
	is_string(spec.version)
	lib.known(spec.version)
	not one(spec.version)
	k0.constraint(spec.version)
}

# A plain semantic version; one with fewer parts is taken for a range by Helm.
one(version) if regex.match(`^[vV]?[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$`, version)
