# Which chains and templates an object can use: those of its namespace, and what access rules bring there.
package policies.k0rdent.lib

# found says where chains of a name are, for the services of an object: {"here": indexes, "elsewhere": indexes}.
found(kind, wanted, owner) := {"here": here, "elsewhere": all - here} if {
	all := named(kind, wanted)
	here := {i | some i in all; in_reach(input.manifests[i], owner)}
}

in_reach(thing, owner) if in_namespace(thing, home(owner))

in_reach(thing, owner) if {
	owner.kind != "MultiClusterService"
	in_namespace(thing, system_namespace)
	given(thing, namespace(owner))
}

# given says that access rules bring an object of the system namespace to the namespace.
given(thing, target) if distributed(thing.kind, name(thing), target)

given(thing, target) if {
	count(of("AccessManagement")) > 0
	some chain_kind, thing.kind in chain_kinds
	some chain in _system_chains[chain_kind]
	distributed(chain_kind, name(chain), target)
	supported(chain)[name(thing)]
}

_system_chains := {kind: found |
	some kind, _ in chain_kinds
	found := [chain | some _, chain in of(kind); in_namespace(chain, system_namespace)]
}

distributed(kind, wanted, target) if {
	some _, access in of("AccessManagement")
	some rule in object.get(access, ["spec", "accessRules"], [])
	_targets(rule, target)
	_gives(rule, kind, wanted)
}

_lists := {"ServiceTemplateChain": "serviceTemplateChains", "ClusterTemplateChain": "clusterTemplateChains"}

_targets(rule, _) if {
	not rule.targetNamespaces.list
}

_targets(rule, target) if {
	some listed in rule.targetNamespaces.list
	_same_namespace(listed, target)
}

_gives(rule, kind, wanted) if wanted in rule[_lists[kind]]

_gives(rule, kind, wanted) if {
	some resource in rule.resources
	resource.kind == kind
	_selects(resource, wanted)
}

# A rule that names nothing gives everything.
_gives(rule, _, _) if object.keys(rule) - {"targetNamespaces"} == set()

_selects(resource, wanted) if wanted in resource.names

_selects(resource, _) if not resource.names
