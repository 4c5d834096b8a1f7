# METADATA
# title: Use the kinds that k0rdent has
# description: >-
#   The API server answers that there is no match for a kind it does not know. The document itself misspells
#   MultiClusterService twice. A kind that is near no known one may be newer than helmvet, so it is only a warning.
# custom:
#   severity: error
#   needs: manifests
#   remediation: >-
#     Write the kind as the message names it.
#   facts: [K0R-061]
#   source:
#     document: Upgrading and rolling back deployed services
#     section: "Service Version Upgrade; Service Version Rollback"
package policies.k0rdent["unknown-kind"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

kinds := (k0.namespaced_kinds | k0.cluster_kinds) | {
	"ProviderTemplate", "Credential", "Management", "Release", "Region", "ServiceSet", "StateManagementProvider",
	"ClusterAuthentication", "ClusterAuditPolicy", "ClusterDataSource", "DataSource", "ClusterIPAM", "ClusterIPAMClaim",
	"ManagementBackup", "ProviderInterface",
}

findings contains finding if {
	some i, manifest in input.manifests
	startswith(manifest.apiVersion, "k0rdent.mirantis.com/")
	is_string(manifest.kind)
	lib.known(manifest.kind)
	not manifest.kind in kinds
	not listed(manifest.kind)
	finding := judged(i, manifest.kind)
}

# A List of one kind is taken apart; an empty one is left.
listed(kind) if trim_suffix(kind, "List") in kinds

judged(i, kind) := {
	"manifest": i,
	"path": ["kind"],
	"message": sprintf("k0rdent has no kind %q; did you mean %q?", [kind, near]),
	"fix": {"description": sprintf("write %s", [near]), "path": ["kind"], "value": near, "safe": false},
} if {
	near := min({known | some known in kinds; alike(known, kind)})
} else := {
	"manifest": i,
	"path": ["kind"],
	"severity": "warning",
	"message": sprintf("k0rdent has no kind %q, as far as helmvet knows; check the name", [kind]),
}

# Two words are alike when at most two letters are too many or too few, wherever they stand.
alike(a, b) if {
	differing := [abs(strings.count(lower(a), letter) - strings.count(lower(b), letter)) |
		some letter in (letters(a) | letters(b))
	]
	sum(differing) <= 2
}

letters(word) := {letter | some letter in split(lower(word), "")}
