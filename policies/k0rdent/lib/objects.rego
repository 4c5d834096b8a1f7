# What there is: k0rdent's objects, their services, and what is known of the management cluster.
package policies.k0rdent.lib

import data.policies.lib

group := "k0rdent.mirantis.com"

chain_kinds := {"ServiceTemplateChain": "ServiceTemplate", "ClusterTemplateChain": "ClusterTemplate"}

namespaced_kinds := {
	"ServiceTemplateChain",
	"ClusterTemplateChain",
	"ServiceTemplate",
	"ClusterTemplate",
	"ClusterDeployment",
}

cluster_kinds := {"MultiClusterService", "AccessManagement"}

# objects are the given objects of k0rdent, by kind and by their index.
objects := by_kind(input.manifests)

by_kind(manifests) := {kind: found |
	some kind in {manifest.kind | some manifest in manifests}
	found := {i: manifest |
		some i, manifest in manifests
		manifest.kind == kind
		is_string(kind)
		ours(manifest)
	}
}

# of returns the objects of one kind by their index.
of(kind) := object.get(objects, kind, {})

# named returns the indexes of the objects of a kind and name. Large sets are searched by this index.
named(kind, label) := {i | some i, _ in object.get(_index, [kind, label], {})}

_index := index_of(input.manifests)

index_of(manifests) := object.union_n([{manifest.kind: {manifest.metadata.name: {i: true}}} |
	some i, manifest in manifests
	is_string(manifest.kind)
	is_string(manifest.metadata.name)
	ours(manifest)
])

# labels are the names of the objects of a kind.
labels(kind) := object.keys(object.get(_index, kind, {}))

ours(manifest) if startswith(manifest.apiVersion, "k0rdent.mirantis.com/")

ours(manifest) if not manifest.apiVersion

# chains are the template chains of both kinds.
chains[i] := chain if {
	some kind, _ in chain_kinds
	some i, chain in of(kind)
}

name(manifest) := object.get(manifest, ["metadata", "name"], "")

namespace(manifest) := object.get(manifest, ["metadata", "namespace"], "")

system_namespace := object.get(input, ["context", "systemNamespace"], "kcm-system")

# in_namespace says that an object is, or may be, in the namespace. One that is not told depends on who applies the
# file, and one that waits for a placeholder may be any.
in_namespace(manifest, wanted) if _same_namespace(namespace(manifest), wanted)

_same_namespace(a, b) if a == b

_same_namespace(a, b) if "" in {a, b}

_same_namespace(a, b) if {
	some one in [a, b]
	not lib.known(one)
}

# complete says that there are no objects of k0rdent beside the given ones.
default complete := false

complete if input.manifests_complete == true

complete if input.context.manifestsComplete == true

# missing_severity is how grave it is that an object of a kind is not among the given ones.
missing_severity(_) := "error" if complete

missing_severity(kind) := "warning" if {
	not complete
	count(of(kind)) > 0
}

missing_severity(kind) := "info" if {
	not complete
	count(of(kind)) == 0
}

# services are the entries of all services lists that are in force.
services contains {"manifest": i, "owner": owner, "path": array.concat(services_path, [j]), "service": service} if {
	some kind in ["ClusterDeployment", "MultiClusterService"]
	some i, owner in of(kind)
	some j, service in object.get(owner, services_path, [])
	is_object(service)
	not service.disable == true
}

services_path := ["spec", "serviceSpec", "services"]

# key tells a service from others.
key(service) := [default_namespace(service), service.name]

default_namespace(service) := lib.get(service, ["namespace"], "default") if {
	object.get(service, "namespace", null) != ""
} else := "default"

# home is the namespace in which the templates and chains of an object's services are looked up.
home(owner) := system_namespace if {
	owner.kind == "MultiClusterService"
} else := namespace(owner)

# label writes what an object is called, with its namespace.
label(manifest) := sprintf("%s/%s", [namespace(manifest), name(manifest)]) if {
	namespace(manifest) != ""
	lib.known(namespace(manifest))
} else := name(manifest)

# supported are the templates of a chain by name: the entries that describe them.
supported(chain) := {entry.name: entry |
	some i, entry in entries(chain)
	not earlier(chain, i)
}

# entries are those of supportedTemplates that have a name.
entries(chain) := {i: entry |
	some i, entry in object.get(chain, ["spec", "supportedTemplates"], [])
	is_string(entry.name)
}

# earlier says that an entry of the same name stands before.
earlier(chain, i) if {
	all := object.get(chain, ["spec", "supportedTemplates"], [])
	some j, entry in all
	j < i
	entry.name == all[i].name
}

# upgrades are the entries of availableUpgrades that have a name.
upgrades(entry) := {i: upgrade |
	some i, upgrade in object.get(entry, "availableUpgrades", [])
	is_string(upgrade.name)
}

# list writes names for a message, at most five of them.
list(names) := lib.join_words([lib.quote(name) | some name in sort(names)], "and") if {
	count(names) <= 5
} else := sprintf("%s and %d more", [
	concat(", ", [lib.quote(name) | some name in array.slice(sort(names), 0, 4)]),
	count(names) - 4,
])

# exported says that an object was read from a cluster: the API server writes these into every one.
exported(manifest) if {
	some key in ["uid", "resourceVersion", "creationTimestamp"]
	not lib.get(manifest, ["metadata", key], "") == ""
}
