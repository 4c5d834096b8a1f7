# METADATA
# title: Keep what is set once
# description: >-
#   ipamClaim.spec.cluster and clusterIPAMRef, and provider.name of serviceSpec, may be set once and not changed.
#   dataSource of a ClusterDeployment can be neither added nor removed. A removed value passes the API server, but
#   nothing acts on the removal.
# custom:
#   severity: error
#   needs: previous
#   remediation: >-
#     Restore the old value, or make a new object.
#   facts: [K0R-025, K0R-026, K0R-039]
#   source:
#     document: k0rdent/kcm source code
#     section: "custom resource definitions; internal/webhook/clusterdeployment_webhook.go"
package policies.k0rdent["immutable-field"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

once := {
	"ipamClaim.spec.cluster": ["K0R-025"],
	"ipamClaim.spec.clusterIPAMRef": ["K0R-025"],
	"serviceSpec.provider.name": ["K0R-039"],
}

findings contains {
	"manifest": j,
	"path": path,
	"severity": severity,
	"facts": facts,
	"message": message,
	"related": [{"previous": true, "manifest": i, "path": path, "message": "the value before"}],
} if {
	some [kind, i, j] in k0.same
	kind in {"ClusterDeployment", "MultiClusterService"}
	some dotted, facts in once
	path := array.concat(["spec"], split(dotted, "."))
	old := lib.get(input.previous.manifests[i], path, "")
	new := lib.get(input.manifests[j], path, "")
	old != ""
	old != new
	every text in [old, new] { lib.known(text) }
	[severity, message] := judged(path, old, new)
}

findings contains {
	"manifest": j,
	"path": ["spec", "dataSource"],
	"facts": ["K0R-026"],
	"message": sprintf(
		"spec.dataSource is %s, and the webhook refuses that on an existing ClusterDeployment; %s",
		problem,
	),
	"related": [{"previous": true, "manifest": i, "path": ["spec"], "key": true, "message": "the spec before"}],
} if {
	some [kind, i, j] in k0.same
	kind == "ClusterDeployment"
	old := lib.get(input.previous.manifests[i], ["spec", "dataSource"], "")
	new := lib.get(input.manifests[j], ["spec", "dataSource"], "")
	problem := changed(old, new)
}

judged(path, old, new) := [
	"warning",
	sprintf("%s was %q and is removed, which changes nothing on the cluster; restore it", [lib.path_string(path), old]),
] if {
	new == ""
} else := [
	"error",
	sprintf(
		"%s is %q and was %q, and it cannot change once it is set; restore %q",
		[lib.path_string(path), new, old, old],
	),
]

changed("", new) := ["added", "remove it"] if new != ""

changed(old, "") := ["removed", sprintf("restore %q", [old])] if old != ""
