# METADATA
# title: Make the registry secret of tenant-monitor
# description: >-
#   global.imagePullSecrets names a Secret of type kubernetes.io/dockerconfigjson (or the older dockercfg) in the
#   namespace of the release. A Secret of any other type is passed over, and images that need a login are not pulled.
#   That it is not given is an error only when the manifests are declared complete.
# custom:
#   severity: error
#   remediation: Create it with kubectl create secret docker-registry.
#   facts: [TEN-151]
#   source: {document: Tenant Service Private Edition Guide, section: Single service at one location}
package policies["genesys-tenant-monitor"]["image-pull-secret"]

import data.policies["genesys-tenant-monitor"].lib as monitor
import data.policies.lib

path := ["global", "imagePullSecrets"]

findings contains {
	"manifest": index,
	"path": ["type"],
	"related": [{"path": path, "message": "images are pulled with it"}],
	"message": sprintf("registry secret %q has the type %q; write %q", [
		name,
		type,
		"kubernetes.io/dockerconfigjson",
	]),
} if {
	some index in secrets
	input.manifests[index].kind == "Secret"
	type := lib.get(input.manifests[index], ["type"], "Opaque")
	not type in {"kubernetes.io/dockerconfigjson", "kubernetes.io/dockercfg"}
	lib.known(type)
}

findings contains {"path": path, "severity": severity, "message": message} if {
	count(secrets) == 0
	severity := absence
	message := sprintf("no given manifest makes the registry secret %q; run kubectl create secret docker-registry %s", [
		name,
		name,
	])
}

name := input.values.global.imagePullSecrets if {
	is_string(input.values.global.imagePullSecrets)
	input.values.global.imagePullSecrets != ""
}

# The given objects that are, or make, the Secret in the namespace of the release.
secrets contains index if {
	name
	some index, manifest in input.manifests
	made(manifest) == name
	monitor.in_namespace(manifest)
}

made(manifest) := manifest.metadata.name if manifest.kind == "Secret"

made(manifest) := lib.get(manifest, ["spec", "target", "name"], manifest.metadata.name) if {
	manifest.kind == "ExternalSecret"
}

made(manifest) := lib.get(manifest, ["spec", "template", "metadata", "name"], manifest.metadata.name) if {
	manifest.kind == "SealedSecret"
}

absence := "error" if {
	input.manifests_complete == true
} else := "warning" if {
	some manifest in input.manifests
	manifest.kind == "Secret"
}
