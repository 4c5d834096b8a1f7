# METADATA
# title: Write a mapping into the values of a service
# description: >-
#   values is one string that holds YAML. What is no mapping there is refused when the service is deployed, long
#   after the object was accepted. Text with template expressions is not judged.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: >-
#     Write `values: |` and a YAML mapping, indented below it.
#   facts: [K0R-030]
#   source: {document: k0rdent/kcm source code, section: "api/v1beta1/multiclusterservice_types.go, Service"}
package policies.k0rdent["values-not-yaml"]

import data.policies.k0rdent.lib as k0

findings contains {
	"manifest": entry.manifest,
	"path": array.concat(entry.path, ["values"]),
	"message": sprintf("the values of service %q %s; write a YAML mapping", [entry.service.name, problem]),
} if {
	some entry in k0.services
	text := entry.service.values
	is_string(text)
	trim_space(text) != ""
	not contains(text, "{{")
	not contains(text, "$")
	problem := wrong(text)
}

wrong(text) := "are not YAML" if {
	not yaml.is_valid(text)
} else := "are no mapping" if {
	content := yaml.unmarshal(text)
	content != null
	not is_object(content)
}
