# METADATA
# title: Change templates along the chain
# description: >-
#   The template of a service may change only to one that its chain leads to. Without a chain, or without a way, the
#   API server accepts the edit and the service stays as it is: releases up to 1.2 log that the service can't be
#   upgraded, later ones say nothing, and from 1.6.0 a version that sorts lower as text passes without a chain. A
#   way back needs a chain of its own.
# custom:
#   severity: error
#   needs: previous
#   remediation: >-
#     Go by the templates that the message names, one after the other; or make a chain of another name with the
#     entry that is missing.
#   facts: [K0R-018, K0R-042, K0R-044, K0R-050, K0R-051, K0R-056]
#   source:
#     document: Upgrading and rolling back deployed services
#     section: "Service Version Upgrade; Service Version Rollback"
package policies.k0rdent["upgrade-path"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

silent := "the API server accepts the edit, and the refusal shows only in logs or status"

findings contains {
	"manifest": move.manifest,
	"path": array.concat(move.path, ["template"]),
	"facts": facts,
	"message": message,
	"related": array.concat(
		k0.ended_at(move),
		[{"manifest": i, "path": ["spec"], "key": true, "message": "the chain is here"} | some i in chains(move)],
	),
} if {
	some move in k0.moves
	[facts, message] := refused(move)
}

# Without the chain nothing can be said about the way.
findings contains {
	"manifest": move.manifest,
	"path": array.concat(move.path, ["templateChain"]),
	"severity": "info",
	"facts": ["K0R-050", "K0R-051"],
	"message": sprintf("whether %q may become %q was not judged, because chain %q is not among the given manifests", [
		move.from,
		move.to,
		move.new.templateChain,
	]),
} if {
	some move in k0.moves
	lib.get(move.new, ["templateChain"], "") != ""
	count(chains(move)) == 0
	not offered(move)
}

chains(move) := k0.chain_of(move.new, move.owner)

refused(move) := [["K0R-042", "K0R-044"], sprintf(
	"service %q cannot change from %q to %q without a templateChain%s; %s",
	[move.new.name, move.from, move.to, instead(move), silent],
)] if {
	lib.get(move.new, ["templateChain"], "") == ""
} else := [["K0R-051"], sprintf(
	"chain %q does not know %q, the template that runs now, so there is no way to %q; %s",
	[move.new.templateChain, move.from, move.to, advice(move)],
)] if {
	count(chains(move)) > 0
	every i in chains(move) { not k0.supported(input.manifests[i])[move.from] }
} else := [["K0R-056", "K0R-044"], sprintf(
	"chain %q leads from %q to %q and not back; a rollback needs a chain of its own, such as %s-rollback, with %s",
	[move.new.templateChain, move.to, move.from, move.new.templateChain, missing(move)],
)] if {
	unreachable(move)
	some i in chains(move)
	move.from in k0.reached(input.manifests[i], move.to)
} else := [["K0R-018", "K0R-050", "K0R-044"], sprintf(
	"chain %q does not lead from %q to %q%s; %s",
	[move.new.templateChain, move.from, move.to, leads(move), advice(move)],
)] if {
	unreachable(move)
}

unreachable(move) if {
	count(chains(move)) > 0
	every i in chains(move) {
		not move.to in k0.reached(input.manifests[i], move.from)
	}
}

leads(move) := sprintf(", only to %s", [k0.list(further)]) if {
	further := {node | some i in chains(move); some node in k0.reached(input.manifests[i], move.from)} - {move.from}
	count(further) > 0
} else := ""

# advice is a way by another chain, or the entry that a chain lacks.
advice(move) := sprintf(
	"chain %q does, by %s: name it first, wait for the reconciliation, then change the template",
	[other, k0.route(path)],
) if {
	ways := {[k0.name(chain), path] | some chain in usable(move); path := k0.hops(chain, move.from, move.to)}
	some [other, path] in ways
	[other, path] == min(ways)
} else := sprintf(
	"make a chain of another name, whose spec holds what %q has and %s",
	[move.new.templateChain, missing(move)],
)

usable(move) := [chain |
	some _, chain in k0.of("ServiceTemplateChain")
	k0.in_reach(chain, move.owner)
	k0.supported(chain)[move.from]
	k0.supported(chain)[move.to]
]

missing(move) := k0.gap(input.manifests[i], move.from, move.to) if some i in {min(chains(move))}

instead(move) := sprintf("; chain %q leads there: name it first, then change the template", [other]) if {
	other := min({k0.name(chain) | some chain in usable(move); k0.hops(chain, move.from, move.to)})
} else := sprintf("; name a chain with the entry %s", [k0.entry(move.from, move.to)])

# offered says that the live object itself tells the way.
offered(move) if {
	some upgrade in move.previous_owner.status.servicesUpgradePaths
	upgrade.name == move.new.name
}
