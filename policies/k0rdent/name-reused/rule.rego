# METADATA
# title: Give each chain a name of its own
# description: >-
#   The spec of a chain is immutable, so two manifests of one chain cannot both be applied: the second one is
#   refused. Upgrade and rollback need chains of different names. In other folders the same name may belong to
#   another management cluster.
# custom:
#   severity: error
#   needs: manifests
#   remediation: >-
#     Rename one of the chains, for example with the suffix -rollback.
#   facts: [K0R-016]
#   source:
#     document: Upgrading and rolling back deployed services
#     section: "Service Version Upgrade; Service Version Rollback"
package policies.k0rdent["name-reused"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": j,
	"path": ["metadata", "name"],
	"severity": severity,
	"message": sprintf("%s %q is declared twice with different specs, and a chain's spec is immutable; %s", [
		second.kind,
		k0.label(second),
		advice,
	]),
	"related": [{"manifest": i, "path": ["metadata", "name"], "message": "the other one is here"}],
} if {
	some kind, _ in k0.chain_kinds
	some label in k0.labels(kind)
	some i in k0.named(kind, label)
	some j in k0.named(kind, label)
	i < j
	first := input.manifests[i]
	second := input.manifests[j]
	every text in [k0.name(first), k0.namespace(first), k0.namespace(second)] { lib.known(text) }
	k0.namespace(first) == k0.namespace(second)
	k0.compared(first) != k0.compared(second)
	[severity, advice] := weight(i, j)
}

weight(i, j) := ["error", "rename one of them, for example with the suffix -rollback"] if {
	folder(i) == folder(j)
} else := ["info", "that is fine only when the folders are for different management clusters"]

folder(i) := regex.replace(object.get(input, ["manifest_files", i], ""), `[^/\\]*$`, "")
