# METADATA
# title: Give the pods a pull secret that works
# description: >-
#   The images come from a registry that asks for a login. A pod without imagePullSecrets, whose service account has
#   none either, cannot start unless the nodes themselves may pull. A Secret that is named has to be of the right type
#   and in the namespace of the pod.
# custom:
#   severity: warning
#   remediation: >-
#     Name the registry Secret in imagePullSecrets, and create it with kubectl create secret docker-registry in the
#     namespace of the release.
#   facts: [UEP-026]
#   needs: manifests
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Preparations (note)}
package policies["usage-engine"]["pull-secret"]

import data.policies.lib
import data.policies["usage-engine"].lib as usage

findings contains {"manifest": i, "path": at, "message": message} if {
	some i, object in workloads
	spec := object.spec.template.spec
	count(lib.get(spec, ["imagePullSecrets"], [])) == 0
	no_account_has_one(object, spec)
	at := ["spec", "template", "spec"]
	message := sprintf("pods of %s have no pull secret and none through a service account; %s", [
		usage.named(object),
		"name it under imagePullSecrets, unless the registry is attached to the cluster",
	])
}

findings contains {"manifest": i, "path": path, "severity": "error", "message": message} if {
	some i, object in workloads
	some k, entry in object.spec.template.spec.imagePullSecrets
	lib.get(entry, ["name"], "") == ""
	path := ["spec", "template", "spec", "imagePullSecrets", k]
	message := "pull secret has no name; write the name of the registry Secret"
}

findings contains {"manifest": i, "path": path, "severity": "error", "related": related, "message": message} if {
	some i, object in workloads
	some k, entry in object.spec.template.spec.imagePullSecrets
	some j, secret in input.manifests
	secret.kind == "Secret"
	secret.metadata.name == entry.name
	wrong := fault(secret, object)
	path := ["spec", "template", "spec", "imagePullSecrets", k, "name"]
	related := [{"manifest": j, "path": ["metadata", "name"], "message": "this is the Secret"}]
	message := sprintf("pull secret %q %s", [entry.name, wrong])
}

fault(secret, _) := message if {
	secret.type != "kubernetes.io/dockerconfigjson"
	message := sprintf("is of type %q; the kubelet takes kubernetes.io/dockerconfigjson only", [secret.type])
}

fault(secret, object) := message if {
	there := secret.metadata.namespace
	here := lib.get(object, ["metadata", "namespace"], lib.get(input, ["release", "namespace"], there))
	there != here
	not elsewhere(secret.metadata.name, here)
	message := sprintf("is in namespace %q, the pods are in %q; create it there, too", [there, here])
}

elsewhere(name, namespace) if {
	some secret in input.manifests
	secret.kind == "Secret"
	secret.metadata.name == name
	secret.metadata.namespace == namespace
}

# workloads are those of the release: the platform, and what helm marked as its own.
workloads := object.union(usage.platforms, {i: object |
	some i, object in input.manifests
	object.spec.template.spec.containers
	startswith(object.metadata.labels["helm.sh/chart"], "usage-engine-private-edition")
})

# no_account_has_one says that the service account of the pods is known, and brings no pull secret.
no_account_has_one(object, spec) if {
	name := lib.get(spec, ["serviceAccountName"], "")
	name == ""
	not account_with_secret("default", object)
} else if {
	spec.serviceAccountName
	account_known(spec.serviceAccountName)
	not account_with_secret(spec.serviceAccountName, object)
}

account_known(name) if {
	some account in input.manifests
	account.kind == "ServiceAccount"
	account.metadata.name == name
}

account_with_secret(name, object) if {
	some account in input.manifests
	account.kind == "ServiceAccount"
	account.metadata.name == name
	lib.get(account, ["metadata", "namespace"], "") in {"", lib.get(object, ["metadata", "namespace"], "")}
	count(account.imagePullSecrets) > 0
}
