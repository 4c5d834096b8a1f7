# What changed between the objects before and after.
# needs: previous
package policies.k0rdent.lib

import data.policies.lib

# before are the objects of the old side, by kind and by their index.
before := by_kind(input.previous.manifests)

# same are the objects that are on both sides: kind, index before, index now.
same contains [kind, i, j] if {
	some kind, olds in before
	some i, old in olds
	some j in named(kind, name(old))
	in_namespace(old, namespace(input.manifests[j]))
}

# gone are the objects of a kind that are on the old side only, by their index there.
gone(kind) := {i: old |
	every label in labels(kind) { lib.known(label) }
	some i, old in object.get(before, kind, {})
	name(old) != ""
	lib.known(name(old))
	every j in named(kind, name(old)) { not in_namespace(old, namespace(input.manifests[j])) }
}

# moves are the services whose template changes. "old" and "new" are the entries, "from" and "to" the templates.
moves contains {
	"manifest": j,
	"owner": owner,
	"path": array.concat(services_path, [n]),
	"previous": i,
	"previous_owner": input.previous.manifests[i],
	"previous_path": array.concat(services_path, [m]),
	"old": old,
	"new": new,
	"from": old.template,
	"to": new.template,
} if {
	some [kind, i, j] in same
	kind in {"ClusterDeployment", "MultiClusterService"}
	owner := input.manifests[j]
	some m, old in object.get(input.previous.manifests[i], services_path, [])
	some n, new in object.get(owner, services_path, [])
	key(old) == key(new)
	every text in [old.template, new.template] { lib.known(text) }
	old.template != new.template
	not new.disable == true
	not new.helmAction == "Uninstall"
}

# chain_of says which given chains a service names, by their index.
chain_of(service, owner) := {i |
	wanted := service.templateChain
	wanted != ""
	some i in found("ServiceTemplateChain", wanted, owner).here
}

# ended_at is where the old entry of a move stands.
ended_at(move) := [{
	"previous": true,
	"manifest": move.previous,
	"path": array.concat(move.previous_path, ["template"]),
	"message": sprintf("it was %s before", [lib.quote(move.from)]),
}]

# before_named returns the objects of a kind and name on the old side.
before_named(kind, label) := [input.previous.manifests[i] | some i, _ in object.get(_index_before, [kind, label], {})]

_index_before := index_of(input.previous.manifests)

# version is what upgrades of a service compare; templates are those that it may name.
version(service, templates) := service.version if {
	lib.get(service, ["version"], "") != ""
} else := lib.get(
	templates[0],
	["spec", "version"],
	lib.get(templates[0], ["spec", "helm", "chartSpec", "version"], service.template),
) if {
	count(templates) > 0
} else := service.template
