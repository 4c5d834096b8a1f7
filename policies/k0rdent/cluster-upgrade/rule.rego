# METADATA
# title: Change a cluster's template along its chain
# description: >-
#   spec.template of a ClusterDeployment may change only to a template of status.availableUpgrades, which comes from
#   the ClusterTemplateChains of its namespace. The controller flag validate-cluster-upgrade-path turns that off.
# custom:
#   severity: error
#   needs: previous
#   remediation: >-
#     Take one of the available templates, one hop after the other, or add a ClusterTemplateChain.
#   facts: [K0R-078]
#   source:
#     document: k0rdent/kcm source code
#     section: "internal/webhook/clusterdeployment_webhook.go, ValidateUpdate"
package policies.k0rdent["cluster-upgrade"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": j,
	"path": ["spec", "template"],
	"severity": severity,
	"message": message,
	"related": [{"previous": true, "manifest": i, "path": ["spec", "template"], "message": "the template before"}],
} if {
	some [kind, i, j] in k0.same
	kind == "ClusterDeployment"
	old := input.previous.manifests[i]
	new := input.manifests[j]
	every template in [old.spec.template, new.spec.template] { lib.known(template) }
	old.spec.template != new.spec.template
	[severity, message] := judged(old, new)
}

judged(old, new) := ["error", sprintf(
	concat(
		"",
		[
			"the live ClusterDeployment may change to %s, and not to %q; take one ",
			"hop after the other, or add a ClusterTemplateChain first",
		],
	),
	[said(old.status.availableUpgrades), new.spec.template],
)] if {
	live(old)
	not new.spec.template in old.status.availableUpgrades
}

judged(old, new) := [
	"error",
	sprintf("no ClusterTemplateChain leads from %q to %q%s", [old.spec.template, new.spec.template, leads(old, new)]),
] if {
	not live(old)
	count(chains(old, new)) > 0
	every chain in chains(old, new) { not new.spec.template in k0.reached(chain, old.spec.template) }
}

judged(old, new) := ["warning", sprintf(
	"no given ClusterTemplateChain of namespace %q lists %q, so whether it may become %q is not known; add one with %s",
	[k0.namespace(new), old.spec.template, new.spec.template, k0.entry(old.spec.template, new.spec.template)],
)] if {
	not live(old)
	count(chains(old, new)) == 0
}

# live says that an object was exported from the cluster, with what it offers.
live(cluster) if is_array(cluster.status.availableUpgrades)

# chains are those that list the old template, where the object finds them.
chains(old, new) := [chain |
	some _, chain in k0.of("ClusterTemplateChain")
	k0.in_reach(chain, new)
	k0.supported(chain)[old.spec.template]
]

leads(old, new) := sprintf("; it leads to %s, and a chain of another name needs %s", [
	said(further),
	k0.gap(chains(old, new)[0], old.spec.template, new.spec.template),
]) if {
	further := {node |
		some chain in chains(old, new)
		some node in k0.reached(chain, old.spec.template)
	} - {old.spec.template}
}

said(names) := k0.list(names) if {
	count(names) > 0
} else := "no other template"
