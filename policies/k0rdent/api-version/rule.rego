# METADATA
# title: Use the API version that the release serves
# description: >-
#   k0rdent's kinds are v1beta1 since KCM 1.0.0. v1alpha1 was served up to 1.0.x; later the API server knows no such
#   kind. The printed chain samples still show it.
# custom:
#   severity: error
#   needs: manifests
#   remediation: >-
#     Write apiVersion: k0rdent.mirantis.com/v1beta1.
#   facts: [K0R-006]
#   source: {document: Upgrading and rolling back deployed services, section: "Service Version Upgrade"}
package policies.k0rdent["api-version"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains object.union(
	{"manifest": i, "path": ["apiVersion"], "severity": severity, "message": message},
	fix(version),
) if {
	some i, manifest in input.manifests
	manifest.kind in (k0.namespaced_kinds | k0.cluster_kinds)
	[k0.group, version] = split(manifest.apiVersion, "/")
	lib.known(version)
	[severity, why] := wrong(version)
	message := sprintf("apiVersion %q %s", [manifest.apiVersion, why])
}

fix("v1beta1") := {}

fix(version) := {
	"fix": {
		"description": "use v1beta1",
		"path": ["apiVersion"],
		"value": "k0rdent.mirantis.com/v1beta1",
		"safe": false,
	},
} if {
	version != "v1beta1"
}

wrong("v1beta1") := ["error", reason] if {
	k0.kcm_before("1.0.0")
	reason := sprintf("is not served by KCM %s, which knows v1alpha1 only; upgrade KCM first", [input.context.kcmVersion])
}

wrong("v1alpha1") := ["error", "is not served by KCM 1.1.0 and later; write k0rdent.mirantis.com/v1beta1"] if {
	not k0.kcm_before("1.1.0")
}

wrong("v1alpha1") := ["warning", "is served by KCM 1.0 for the last time; write k0rdent.mirantis.com/v1beta1"] if {
	k0.kcm_from("1.0.0")
	k0.kcm_before("1.1.0")
}

wrong(version) := [severity, "is no version of the API that helmvet knows; write k0rdent.mirantis.com/v1beta1"] if {
	not version in {"v1alpha1", "v1beta1"}
}

default severity := "error"

# A later release may serve another one.
severity := "warning" if semver.compare(k0.kcm, k0.newest) > 0
