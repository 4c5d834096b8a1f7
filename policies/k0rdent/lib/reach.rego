# Which chains and templates an object can use: those of its namespace, and what access rules bring there.
package policies.k0rdent.lib

import data.policies.lib

# found says where chains of a name are, for the services of an object: {"here": indexes, "elsewhere": indexes}.
found(kind, wanted, owner) := {"here": here, "elsewhere": {i | some i, _ in named} - here} if {
	named := {i: object | some i, object in of(kind); name(object) == wanted}
	here := {i | some i, object in named; in_reach(object, owner)}
}

in_reach(object, owner) if in_namespace(object, home(owner))

in_reach(object, owner) if {
	owner.kind != "MultiClusterService"
	in_namespace(object, system_namespace)
	given(object, namespace(owner))
}

# given says that access rules bring an object of the system namespace to the namespace.
given(object, target) if distributed(object.kind, name(object), target)

given(object, target) if {
	some chain_kind, object.kind in chain_kinds
	some _, chain in of(chain_kind)
	in_namespace(chain, system_namespace)
	distributed(chain_kind, name(chain), target)
	supported(chain)[name(object)]
}

distributed(kind, wanted, target) if {
	some _, access in of("AccessManagement")
	some rule in object.get(access, ["spec", "accessRules"], [])
	_targets(rule, target)
	_gives(rule, kind, wanted)
}

_lists := {"ServiceTemplateChain": "serviceTemplateChains", "ClusterTemplateChain": "clusterTemplateChains"}

_targets(rule, target) if {
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
