# METADATA
# title: Use API versions that Kubernetes 1.25 serves
# description: >-
#   The suite requires Kubernetes 1.25, which no longer serves a number of beta versions. An object of one of them
#   cannot be created, and Helm fails the release.
# custom:
#   severity: error
#   needs: manifests
#   remediation: Write the version that the message names.
#   facts: [SUI-174]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Private edition general prerequisites}
package policies["genesys-suite"]["removed-api"]

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite

findings contains {"manifest": i, "path": ["apiVersion"], "severity": severity, "message": message} if {
	some i, item in suite.objects
	row := tables.removed_apis[item.apiVersion]
	meant(row.kinds, item.kind)
	[severity, message] := verdict(row, item)
}

meant([], _)

meant(kinds, kind) if kind in kinds

verdict(row, item) := ["warning", sprintf(
	"%s %s is gone in Kubernetes 1.26; write %s",
	[item.apiVersion, item.kind, row.use],
)] if {
	row.later
} else := ["error", sprintf("Kubernetes 1.25 has no %s %s; write %s", [item.apiVersion, item.kind, row.use])]
