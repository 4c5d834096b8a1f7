# The manifests that are given beside the values: what the pods of the release can use, and what is out of reach.
package policies["genesys-tenant"].lib

import data.policies.lib

# objects_given guards every rule about manifests: something is given, or it is said that there is nothing.
objects_given if input.manifests[0]

objects_given if {
	input.manifests
	input.manifests_complete == true
}

# in_reach says that the pods of the release can use an object. An object without a namespace goes where the release
# goes. While the namespace of the release is not known any will do, except those where no release should be.
in_reach(object) if {
	namespace_of(object) == ""
} else if {
	namespace_of(object) == release_namespace
} else if {
	not release_namespace
	not namespace_of(object) in {"default", "kube-system", "kube-public"}
} else if {
	not lib.known(namespace_of(object))
}

namespace_of(object) := lib.get(object, ["metadata", "namespace"], "")

release_namespace := input.release.namespace if {
	is_string(input.release.namespace)
	input.release.namespace != ""
	lib.known(input.release.namespace)
}

# the_namespace names the namespace of the release in a message.
default the_namespace := "the namespace of the release"

the_namespace := sprintf("namespace %q", [release_namespace])

# objects are the indexes of the manifests that make an object of that kind and name which the release can use.
objects(kind, name) := object.keys(_objects.here[kind][name])

# objects_elsewhere are those in a namespace that the release cannot use.
objects_elsewhere(kind, name) := object.keys(_objects.elsewhere[kind][name])

# object_names are the names of the objects of a kind that the release can use.
object_names(kind) := object.keys(lib.get(_objects, ["here", kind], {}))

_objects := object.union_n([{_reach(object): {kind: {name: {index: true}}}} |
	objects_given
	some index, object in input.manifests
	object.kind in _kinds
	some kind, name in _made(object)
	is_string(name)
])

_kinds := {
	"Secret",
	"ExternalSecret",
	"SealedSecret",
	"ConfigMap",
	"PersistentVolumeClaim",
	"StorageClass",
	"PriorityClass",
	"ServiceAccount",
}

_reach(object) := "here" if {
	in_reach(object)
} else := "elsewhere"

# Two operators are so common that what they make counts as given. The Secret is named after the object by default.
_made(object) := {object.kind: object.metadata.name} if {
	not object.kind in {"ExternalSecret", "SealedSecret"}
} else := {"Secret": lib.get(object, ["spec", "target", "name"], object.metadata.name)} if {
	object.kind == "ExternalSecret"
} else := {"Secret": lib.get(object, ["spec", "template", "metadata", "name"], object.metadata.name)}

# missing_severity says how bad it is that no object of that kind and name can be used; it is undefined where one can,
# and where a given name with a placeholder may turn out to be the one. Manifests are seldom all there is, so only what
# is declared complete, or found in a wrong namespace, is an error.
missing_severity(kind, name) := _missing_severity(kind, name) if {
	not objects(kind, name)
	every given in lib.get(_open_names, [kind], []) {
		not _may_be(given, name)
	}
}

_missing_severity(kind, name) := "error" if {
	objects_elsewhere(kind, name)
} else := "error" if {
	input.manifests_complete == true
} else := "warning" if {
	count(object_names(kind)) > 0
} else := "info"

# The names with a placeholder, by kind.
_open_names := {kind: [name | some name, _ in names; not lib.known(name)] | some kind, names in _objects.here}

_may_be(given, name) if {
	regex.match(sprintf("^%s$", [regex.replace(given, `\$\w+|\$\{[^}]*\}|\{\{.*?\}\}`, `.*`)]), name)
}
