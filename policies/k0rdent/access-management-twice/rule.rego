# METADATA
# title: Write one AccessManagement
# description: >-
#   There is one AccessManagement for a management cluster. The webhook refuses a second one.
# custom:
#   severity: error
#   needs: manifests
#   remediation: >-
#     Move the access rules into one object.
#   facts: [K0R-080]
#   source: {document: k0rdent/kcm source code, section: "internal/webhook/accessmanagement_webhook.go"}
package policies.k0rdent["access-management-twice"]

import data.policies.k0rdent.lib as k0

findings contains {
	"manifest": second,
	"path": ["metadata", "name"],
	"severity": severity,
	"message": sprintf(
		"AccessManagement %q is the second one, and only one may exist; %s",
		[k0.name(k0.of("AccessManagement")[second]), advice],
	),
	"related": [{"manifest": first, "path": ["metadata", "name"], "message": "the first one is here"}],
} if {
	some first, _ in k0.of("AccessManagement")
	some second, _ in k0.of("AccessManagement")
	first == min({i | some i, _ in k0.of("AccessManagement")})
	first < second
	[severity, advice] := weight(first, second)
}

weight(i, j) := ["error", "move its rules into the other one"] if {
	folder(i) == folder(j)
} else := ["info", "that is fine only when the folders are for different management clusters"]

folder(i) := regex.replace(object.get(input, ["manifest_files", i], ""), `[^/\\]*$`, "")
