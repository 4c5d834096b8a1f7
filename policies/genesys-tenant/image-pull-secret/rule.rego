# METADATA
# title: Make the registry secret of the registry type
# description: >-
#   The kubelet reads registry credentials only from a Secret of type kubernetes.io/dockerconfigjson with the key
#   .dockerconfigjson, or of the older type kubernetes.io/dockercfg. Any other type is passed over, and images that
#   need a login are not pulled.
# custom:
#   severity: error
#   needs: manifests
#   remediation: Create it with kubectl create secret docker-registry.
#   facts: [TEN-151]
#   source: {document: Tenant Service Private Edition Guide, section: Single service at one location}
package policies["genesys-tenant"]["image-pull-secret"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

keys := {"kubernetes.io/dockerconfigjson": ".dockerconfigjson", "kubernetes.io/dockercfg": ".dockercfg"}

findings contains {
	"manifest": index,
	"path": ["type"],
	"related": related,
	"message": sprintf("registry secret %q has the type %q; write %q", [name, type, "kubernetes.io/dockerconfigjson"]),
} if {
	some index in secrets
	type := lib.get(input.manifests[index], ["type"], "Opaque")
	not keys[type]
	lib.known(type)
}

findings contains {
	"manifest": index,
	"path": ["data"],
	"related": related,
	"message": sprintf("registry secret %q has no key %q, which its type asks for; add it", [name, key]),
} if {
	some index in secrets
	key := keys[input.manifests[index].type]
	not key in {given.key | some given in tenant.secret_keys(name)}
}

findings contains {
	"manifest": given.index,
	"path": given.path,
	"related": related,
	"message": sprintf("value of key %q in registry secret %q is not JSON; make it with kubectl create secret %s", [
		key,
		name,
		"docker-registry",
	]),
} if {
	some index in secrets
	key := keys[input.manifests[index].type]
	some given in tenant.secret_texts(name, key)
	not json.is_valid(given.text)
}

name := input.values.images.imagePullSecrets

secrets contains index if {
	tenant.objects_given
	is_string(name)
	some index in tenant.objects("Secret", name)
	input.manifests[index].kind == "Secret"
}

related := [{"path": ["images", "imagePullSecrets"], "message": "images are pulled with it"}]
