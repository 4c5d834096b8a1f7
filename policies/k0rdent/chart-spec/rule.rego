# METADATA
# title: Say where a chart comes from
# description: >-
#   The webhook fills in interval 10m and the HelmRepository kcm-templates where chartSpec leaves them out, which is
#   easily overlooked. Signatures are verified for charts of a HelmRepository only; elsewhere verify is refused.
# custom:
#   severity: info
#   needs: manifests
#   remediation: >-
#     Write interval and sourceRef; remove verify where the source is no HelmRepository.
#   facts: [K0R-071]
#   source: {document: k0rdent/kcm source code, section: "custom resource definitions of ServiceTemplate, chartSpec"}
package policies.k0rdent["chart-spec"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": i,
	"path": ["spec", "helm", "chartSpec"],
	"key": true,
	"message": sprintf("chartSpec leaves out %s, so the webhook fills in %s; write it, if another is meant", [
		lib.join_words([key | some [key, _] in missing], "and"),
		lib.join_words([value | some [_, value] in missing], "and"),
	]),
} if {
	some kind in ["ServiceTemplate", "ClusterTemplate"]
	some i, template in k0.of(kind)
	spec := template.spec.helm.chartSpec
	is_object(spec)
	missing := [pair |
		some pair in [["interval", "10m"], ["sourceRef", "HelmRepository kcm-templates"]]
		not lib.present(spec, [pair[0]])
	]
	count(missing) > 0
}

findings contains {
	"manifest": i,
	"path": ["spec", "helm", "chartSpec", "verify"],
	"key": true,
	"severity": "error",
	"message": sprintf("verify works with a HelmRepository only, and the source is a %s; remove it", [source]),
} if {
	some kind in ["ServiceTemplate", "ClusterTemplate"]
	some i, template in k0.of(kind)
	lib.present(template, ["spec", "helm", "chartSpec", "verify"])
	source := template.spec.helm.chartSpec.sourceRef.kind
	source != "HelmRepository"
	lib.known(source)
}
