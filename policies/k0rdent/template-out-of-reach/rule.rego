# METADATA
# title: Name templates that are in the namespace of the services
# description: >-
#   The template of a ClusterDeployment's service is looked up in the ClusterDeployment's own namespace, that of a
#   MultiClusterService in the system namespace. Templates come to other namespaces together with a chain that
#   supports them.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: >-
#     Distribute a chain with the template, create the template in the namespace, or correct the name.
#   facts: [K0R-046, K0R-063]
#   source:
#     document: k0rdent/kcm source code
#     section: "internal/util/validation/services.go, validateServiceTemplate"
package policies.k0rdent["template-out-of-reach"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": entry.manifest,
	"path": array.concat(entry.path, ["template"]),
	"severity": severity,
	"facts": facts(entry.owner),
	"message": sprintf("template %q of service %q %s", [wanted, entry.service.name, problem]),
	"related": [{"manifest": i, "path": ["metadata", "name"], "message": "a template of that name is here"} |
		some i in places.elsewhere
	],
} if {
	some entry in k0.services
	wanted := entry.service.template
	is_string(wanted)
	lib.known(wanted)
	places := k0.found("ServiceTemplate", wanted, entry.owner)
	count(places.here) == 0
	lib.known(k0.home(entry.owner))
	[severity, problem] := judged(places.elsewhere, entry.owner)
}

facts(owner) := ["K0R-063"] if {
	owner.kind == "MultiClusterService"
} else := ["K0R-046"]

judged(elsewhere, owner) := [severity, sprintf("is in namespace %s and not in %q, where it is looked up; %s", [
	k0.list({k0.namespace(input.manifests[i]) | some i in elsewhere}),
	k0.home(owner),
	advice,
])] if {
	count(elsewhere) > 0
	[severity, advice] := {
		"MultiClusterService": ["error", "create it there"],
		"ClusterDeployment": ["warning", "distribute a chain that supports it with an access rule, or create it there"],
	}[owner.kind]
}

judged(elsewhere, owner) := [
	severity,
	sprintf(
		"is not among the given manifests; it has to be in namespace %q, so create it there or correct the name",
		[k0.home(owner)],
	),
] if {
	count(elsewhere) == 0
	severity := k0.missing_severity("ServiceTemplate")
	severity != "info"
}
