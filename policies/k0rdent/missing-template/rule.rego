# METADATA
# title: Create the templates before the chain
# description: >-
#   The webhook looks up every template of a chain in the chain's own namespace, and refuses the chain when one is
#   not there. An error when the manifests are declared complete, a warning when other templates are given, else
#   worth knowing.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: >-
#     Add the template, correct the name, or apply the templates first.
#   facts: [K0R-002]
#   source: {document: Upgrading and rolling back deployed services, section: "Service Version Upgrade, Info"}
package policies.k0rdent["missing-template"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": i,
	"path": ["spec", "supportedTemplates", j, "name"],
	"severity": severity,
	"message": sprintf("%s %q is not among the given manifests%s; %s", [
		template_kind,
		entry.name,
		place(chain),
		advice(template_kind, entry.name, chain),
	]),
	"related": [{"manifest": n, "path": ["metadata", "name"], "message": "it is given here, in another namespace"} |
		some n in k0.found(template_kind, entry.name, chain).elsewhere
	],
} if {
	some i, chain in judged
	template_kind := k0.chain_kinds[chain.kind]
	severity := k0.missing_severity(template_kind)
	severity != "info"
	some j, entry in missing(chain)
}

# Without any template among the manifests, one finding says so.
findings contains {
	"manifest": i,
	"path": ["spec", "supportedTemplates"],
	"severity": "info",
	"message": sprintf("no %s is among the given manifests; apply %s%s before the chain", [
		template_kind,
		k0.list({entry.name | some entry in missing(chain)}),
		place(chain),
	]),
} if {
	some i, chain in judged
	template_kind := k0.chain_kinds[chain.kind]
	k0.missing_severity(template_kind) == "info"
	count(missing(chain)) > 0
}

judged[i] := chain if {
	some i, chain in k0.chains
	not managed(chain)
}

# The controller copies the templates of a chain that it manages.
managed(chain) if {
	chain.metadata.labels["k0rdent.mirantis.com/managed"] == "true"
	k0.namespace(chain) != k0.system_namespace
}

missing(chain) := {j: entry |
	some j, entry in k0.entries(chain)
	lib.known(entry.name)
	count(k0.found(k0.chain_kinds[chain.kind], entry.name, chain).here) == 0
}

place(chain) := sprintf(" in namespace %q", [k0.namespace(chain)]) if {
	not k0.namespace(chain) == ""
	lib.known(k0.namespace(chain))
} else := ""

advice(kind, name, chain) := "create it there, or correct the name" if {
	count(k0.found(kind, name, chain).elsewhere) > 0
} else := sprintf("did you mean %q?", [near]) if {
	near := min({k0.name(template) |
		some _, template in k0.of(kind)
		k0.in_namespace(template, k0.namespace(chain))
		strings.any_prefix_match(name, {k0.name(template)})
	})
} else := "create it, correct the name, or make sure that it is there before the chain is applied"
