# METADATA
# title: Name chains that are in the namespace of the services
# description: >-
#   The chain of a ClusterDeployment's service is looked up in the ClusterDeployment's own namespace, that of a
#   MultiClusterService in the system namespace (kcm-system, unless context.systemNamespace tells another). A chain
#   of the system namespace reaches others through an access rule of AccessManagement. When the chain is nowhere
#   among the manifests, it is an error where these are declared complete, a warning where other chains are given,
#   else worth knowing.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: >-
#     Distribute the chain with an access rule, create it in the namespace, or correct the name.
#   facts: [K0R-004, K0R-005, K0R-046, K0R-063]
#   source: {document: Upgrading and rolling back deployed services, section: "Service Version Upgrade, Info"}
package policies.k0rdent["chain-out-of-reach"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": entry.manifest,
	"path": array.concat(entry.path, ["templateChain"]),
	"severity": severity,
	"facts": facts(entry.owner),
	"message": message,
	"related": [{"manifest": i, "path": ["metadata", "name"], "message": "a chain of that name is here"} |
		some i in places.elsewhere
	],
} if {
	some entry in k0.services
	wanted := entry.service.templateChain
	is_string(wanted)
	wanted != ""
	lib.known(wanted)
	places := k0.found("ServiceTemplateChain", wanted, entry.owner)
	count(places.here) == 0
	lib.known(k0.home(entry.owner))
	[severity, problem] := judged(places.elsewhere, wanted, entry.owner)
	message := sprintf("chain %q %s", [wanted, problem])
}

facts(owner) := ["K0R-063"] if {
	owner.kind == "MultiClusterService"
} else := ["K0R-004", "K0R-005", "K0R-046"]

judged(elsewhere, _, owner) := ["error", sprintf(
	"is in namespace %s, and those of a MultiClusterService are looked up in %q; create it there",
	[k0.list({k0.namespace(input.manifests[i]) | some i in elsewhere}), k0.system_namespace],
)] if {
	owner.kind == "MultiClusterService"
	count(elsewhere) > 0
}

judged(elsewhere, wanted, owner) := ["warning", sprintf(
	concat(
		"",
		[
			"is in %q, and no given access rule brings it to %q; add {targetNamespaces: {list: ",
			"[%s]}, serviceTemplateChains: [%s]} to spec.accessRules of AccessManagement",
		],
	),
	[k0.system_namespace, k0.namespace(owner), k0.namespace(owner), wanted],
)] if {
	owner.kind == "ClusterDeployment"
	in_system(elsewhere)
}

judged(elsewhere, _, owner) := ["warning", sprintf(
	"is in namespace %s, but a ClusterDeployment finds those of its own namespace %q only; create it there",
	[k0.list({k0.namespace(input.manifests[i]) | some i in elsewhere}), k0.namespace(owner)],
)] if {
	owner.kind == "ClusterDeployment"
	count(elsewhere) > 0
	not in_system(elsewhere)
}

judged(elsewhere, _, owner) := [severity, sprintf("is not among the given manifests; %s", [advice])] if {
	count(elsewhere) == 0
	severity := k0.missing_severity("ServiceTemplateChain")
	advice := sprintf(
		{
			"info": "make sure that it is in namespace %q",
			"warning": "it has to be in namespace %q: create it there, or correct the name",
			"error": "it has to be in namespace %q: create it there, or correct the name",
		}[severity],
		[k0.home(owner)],
	)
}

in_system(elsewhere) if {
	some i in elsewhere
	k0.namespace(input.manifests[i]) == k0.system_namespace
}
