# A chain as a graph: templates, and which may follow which.
package policies.k0rdent.lib

# edges are the templates that may follow each template of a chain.
edges(chain) := {template: {upgrade.name | some _, upgrade in upgrades(entry)} |
	some template, entry in supported(chain)
}

# reached are the templates that a chain leads to from a template, and that template.
reached(chain, from) := graph.reachable(edges(chain), {from})

# leading are the templates from which a chain leads to a template, and that template.
leading(chain, to) := graph.reachable(_reversed(edges(chain)), {to})

_reversed(links) := {node: {from | some from, after in links; node in after} |
	some node in {node | some from, after in links; some node in (after | {from})}
}

# hops is a shortest path of a chain, as a list of templates; undefined where there is none.
hops(chain, from, to) := [from] if {
	from == to
} else := min(paths) if {
	links := edges(chain)
	to in graph.reachable(links, {from})
	length := _distance(links, from, to)
	paths := {path | some path in graph.reachable_paths(_between(links, from, to, length), {from}); to in path}
}

# _layers repeats the graph, so that the layer in which a template is reached is the number of hops to it.
_layers(links, depth) := {[node, n]: {[next, n + 1] | some next in after} |
	some node, after in links
	some n in numbers.range(0, depth)
}

_distance(links, from, to) := min({n |
	ahead := graph.reachable(_layers(links, count(links)), {[from, 0]})
	some n in numbers.range(0, count(links))
	[to, n] in ahead
})

# _between is what of the graph lies on shortest paths.
_between(links, from, to, length) := {node: on_path |
	ahead := graph.reachable(_layers(links, length), {[from, 0]})
	back := graph.reachable(_layers(_reversed(links), length), {[to, 0]})
	some node, after in links
	on_path := {next |
		some next in after
		some n in numbers.range(0, length - 1)
		[node, n] in ahead
		[next, (length - n) - 1] in back
	}
}

# route writes a path.
route(path) := concat(" -> ", path)

# entry writes the entry of a chain that lets one template follow another.
entry(from, to) := sprintf("{name: %s, availableUpgrades: [{name: %s}]}", [from, to])

# gap is the entry that is missing between what a chain reaches from a template and what leads to the other.
gap(chain, from, to) := entry(_last_before(reached(chain, from), from, to), _first_after(leading(chain, to), from, to))

_last_before(reachable, from, to) := last if {
	natural(from) < natural(to)
	last := max({[natural(node), node] | some node in reachable; natural(node) < natural(to)})[1]
} else := last if {
	last := min({[natural(node), node] | some node in reachable; natural(node) > natural(to)})[1]
} else := from

_first_after(nodes, from, to) := first if {
	natural(from) < natural(to)
	first := min({[natural(node), node] | some node in nodes; natural(node) > natural(from)})[1]
} else := first if {
	first := max({[natural(node), node] | some node in nodes; natural(node) < natural(from)})[1]
} else := to
