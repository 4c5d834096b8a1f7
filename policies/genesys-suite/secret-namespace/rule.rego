# METADATA
# title: Create a secret in the namespace of the pods that use it
# description: >-
#   A secret is visible in its own namespace only. Services of several namespaces that share one need it in each of
#   them, as a copy or with credentials of their own.
# custom:
#   severity: error
#   needs: manifests
#   remediation: Create the secret in that namespace, too.
#   facts: [SUI-069, SUI-070]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Secrets}
package policies["genesys-suite"]["secret-namespace"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains finding if {
	some [i, path, namespace, name] in references
	homes := {other | some other, _ in secrets[name]}
	count(homes) > 0
	not namespace in homes
	not "" in homes # whoever applies it says where
	finding := {
		"manifest": i, "path": path,
		"message": sprintf("secret %q exists in namespace %s and not in %s, where the pods run; create it there, too", [
			name, concat(", ", sort(homes)), namespace,
		]),
		"related": [{"manifest": j, "path": ["metadata", "name"], "message": "the secret"} | some _, j in secrets[name]],
	}
}

# Nothing else exists when the manifests are complete.
findings contains {"manifest": i, "path": path, "facts": ["SUI-069"], "message": message} if {
	input.manifests_complete
	some [i, path, namespace, name] in references
	not secrets[name]
	message := sprintf(
		"no manifest creates secret %q in namespace %s, so the pods do not start; create it",
		[name, namespace],
	)
}

secrets[name][namespace] := i if {
	some i, item in input.manifests
	item.kind == "Secret"
	name := item.metadata.name
	namespace := lib.get(item, ["metadata", "namespace"], "")
	i == min([j |
		some j, other in input.manifests
		other.kind == "Secret"
		other.metadata.name == name
		lib.get(other, ["metadata", "namespace"], "") == namespace
	])
}

references contains [pod.index, array.concat(pod.path, path), namespace, name] if {
	some pod in suite.pods
	namespace := input.manifests[pod.index].metadata.namespace
	some [path, name] in array.concat(volumes(pod.spec), array.concat(pulls(pod.spec), variables(pod.spec)))
	is_string(name)
}

volumes(spec) := [[["volumes", i, "secret", "secretName"], volume.secret.secretName] |
	some i, volume in spec.volumes
	not volume.secret.optional
]

pulls(spec) := [[["imagePullSecrets", i, "name"], entry.name] | some i, entry in spec.imagePullSecrets]

variables(spec) := [[path, name] |
	some list in ["containers", "initContainers"]
	some c, container in spec[list]
	some [rest, name, optional] in array.concat(
		[[["env", i, "valueFrom", "secretKeyRef", "name"], ref.name, object.get(ref, "optional", false)] |
			some i, entry in container.env
			ref := entry.valueFrom.secretKeyRef
		],
		[[["envFrom", i, "secretRef", "name"], ref.name, object.get(ref, "optional", false)] |
			some i, entry in container.envFrom
			ref := entry.secretRef
		],
	)
	optional == false
	path := array.concat([list, c], rest)
]
