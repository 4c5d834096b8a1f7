# METADATA
# title: Deploy templates that the chain supports
# description: >-
#   The template of a service has to be an entry of the chain that the service names. Otherwise a ClusterDeployment
#   is refused, and a MultiClusterService is not reconciled.
# custom:
#   severity: error
#   needs: manifests
#   remediation: >-
#     Use a template of the chain, or name a chain that has the template. A chain cannot be changed: add the entry
#     in a chain of another name.
#   facts: [K0R-045]
#   source:
#     document: k0rdent/kcm source code
#     section: "internal/util/validation/services.go, validateServiceTemplateChain"
package policies.k0rdent["template-unsupported"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": entry.manifest,
	"path": array.concat(entry.path, ["template"]),
	"message": sprintf("chain %q does not support template %q of service %q; it supports %s", [
		entry.service.templateChain,
		entry.service.template,
		entry.service.name,
		known(candidates),
	]),
	"related": [{"manifest": i, "path": ["spec"], "key": true, "message": "the chain is here"} | some i in candidates],
} if {
	some entry in k0.services
	lib.known(entry.service.template)
	is_string(entry.service.template)
	candidates := k0.found("ServiceTemplateChain", entry.service.templateChain, entry.owner).here
	count(candidates) > 0
	every i in candidates {
		not k0.supported(input.manifests[i])[entry.service.template]
		every name, _ in k0.supported(input.manifests[i]) { lib.known(name) }
	}
}

known(candidates) := k0.list(names) if {
	names := {name | some i in candidates; some name, _ in k0.supported(input.manifests[i])}
	count(names) > 0
} else := "none"
