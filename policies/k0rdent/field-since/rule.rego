# METADATA
# title: Use fields that the release has
# description: >-
#   Each release of KCM adds fields. An older API server drops what it does not know, or a strict client refuses the
#   object. Judged where context.kcmVersion tells the release; resources of access rules, which no release up to
#   1.11 has, also without it.
# custom:
#   severity: error
#   needs: manifests
#   remediation: >-
#     Remove the field, or upgrade KCM first.
#   facts: [K0R-011, K0R-028, K0R-031, K0R-041, K0R-080]
#   source: {document: k0rdent/kcm source code, section: "custom resource definitions of the tags v1.0.0 to v1.12.0"}
package policies.k0rdent["field-since"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": i,
	"path": array.concat(["spec"], path),
	"key": true,
	"facts": object.get(facts, pattern, ["K0R-041"]),
	"message": sprintf("%s is known from KCM %s on, and kcmVersion is %s; remove it, or upgrade KCM first", [
		lib.path_string(array.concat(["spec"], path)),
		since,
		input.context.kcmVersion,
	]),
} if {
	is_string(k0.kcm)
	some kind, fields in k0.fields
	some i, thing in k0.of(kind)
	walk(lib.get(thing, ["spec"], {}), [path, _])
	pattern := concat(".", [step | some raw in path; step := shape(raw)])
	since := fields[pattern]
	k0.kcm_before(since)
}

findings contains {
	"manifest": i,
	"path": ["spec", "accessRules", j, "resources"],
	"key": true,
	"severity": "info",
	"facts": ["K0R-080"],
	"message": concat(
		"",
		["resources is known from KCM 1.12.0 on; older releases drop ", "it, and know lists such as serviceTemplateChains"],
	),
} if {
	not k0.kcm
	some i, access in k0.of("AccessManagement")
	some j, rule in access.spec.accessRules
	lib.present(rule, ["resources"])
}

findings contains {
	"manifest": entry.manifest,
	"path": array.concat(entry.path, ["valuesFrom", n, key]),
	"key": true,
	"facts": ["K0R-031", "K0R-041"],
	"message": sprintf("%s of valuesFrom was removed in KCM 1.3.0, and the API server drops it; remove it", [key]),
} if {
	not k0.kcm_before("1.3.0")
	some entry in k0.services
	some n, source in entry.service.valuesFrom
	some key in ["namespace", "optional"]
	lib.present(source, [key])
}

findings contains {
	"manifest": i,
	"path": ["spec", "helm", "chartRef", "kind"],
	"facts": ["K0R-041"],
	"message": sprintf(
		"ExternalArtifact is known from KCM 1.5.0 on, and kcmVersion is %s; name an OCIRepository or HelmChart",
		[input.context.kcmVersion],
	),
} if {
	k0.kcm_before("1.5.0")
	some i, template in k0.of("ServiceTemplate")
	template.spec.helm.chartRef.kind == "ExternalArtifact"
}

shape(step) := step if is_string(step)

shape(step) := "[]" if is_number(step)

facts := {
	"supportedTemplates.[].availableUpgrades.[].version": ["K0R-011"],
	"accessRules.[].resources": ["K0R-080"],
	"serviceSpec.services.[].version": ["K0R-028"],
	"serviceSpec.services.[].dependsOn": ["K0R-028"],
	"serviceSpec.services.[].helmOptions": ["K0R-028"],
	"serviceSpec.services.[].helmAction": ["K0R-028"],
}
