# The Kubernetes objects of the product.
# needs: manifests
package policies["usage-engine"].lib

import data.policies.lib

# ecds are the EC deployments, by their index.
ecds[i] := object if {
	some i, object in input.manifests
	object.kind == "ECDeployment"
}

# platforms are the StatefulSets of the platform. One of that name that another chart made is left alone.
platforms[i] := object if {
	some i, object in input.manifests
	object.kind == "StatefulSet"
	object.metadata.name == "platform"
	made := lib.get(object, ["metadata", "labels", "helm.sh/chart"], "usage-engine-private-edition")
	startswith(made, "usage-engine-private-edition")
	not _elsewhere(object)
}

_elsewhere(object) if object.metadata.namespace != input.release.namespace

_elsewhere(object) if {
	spaces := {ecd.metadata.namespace | some ecd in ecds}
	count(spaces) > 0
	not object.metadata.namespace in spaces
	object.metadata.namespace
}

# named is how a message calls an object.
named(object) := sprintf("%s %q", [object.kind, object.metadata.name]) if {
	object.metadata.name
} else := object.kind

# images are the container images below a value.
images(value) := {image |
	walk(value, [path, image])
	path[count(path) - 1] == "image"
	is_string(image)
	lib.known(image)
}

# tag is what stands behind the name of an image.
tag(image) := parts[1] if {
	parts := regex.find_all_string_submatch_n(`:([^:/@]+)(?:@.*)?$`, image, 1)[0]
}
