# METADATA
# title: Spread the nodes of a tenant by the label of today
# description: >-
#   Affinity spreads the pods of one tenant over failure zones. The guide names the label
#   failure-domain.beta.kubernetes.io/zone, which Kubernetes has replaced by topology.kubernetes.io/zone. A term
#   without labelSelector matches no pod, and one pod alone needs no spreading.
# custom:
#   severity: info
#   context: [profile]
#   remediation: >-
#     Use topologyKey topology.kubernetes.io/zone with a labelSelector that matches the pods of the release.
#   facts: [TEN-074]
#   source: {document: Tenant Service Private Edition Guide, section: Kubernetes parameters}
package policies["genesys-tenant"].affinity

import data.policies.lib

paths := [["affinity"], ["tenant", "affinity"], ["tenant", "deployment", "affinity"]]

findings contains {"path": array.concat(term.path, ["topologyKey"]), "message": message} if {
	some term in terms
	startswith(term.value.topologyKey, "failure-domain.beta.kubernetes.io/")
	not regex.match(`\s`, term.value.topologyKey)
	message := sprintf("label %s is deprecated and missing on new clusters; write %s", [
		lib.quote(term.value.topologyKey),
		lib.quote(replace(term.value.topologyKey, "failure-domain.beta.", "topology.")),
	])
}

findings contains {"path": path, "severity": "warning", "message": message} if {
	some term in terms
	key := term.value.topologyKey
	regex.match(`\s`, key)
	path := array.concat(term.path, ["topologyKey"])
	message := sprintf(
		"topologyKey %s holds a blank, as no label does; write \"topology.kubernetes.io/zone\"",
		[lib.quote(key)],
	)
}

findings contains {"path": array.concat(term.path, ["labelSelector"]), "message": message} if {
	some term in terms
	is_object(term.value)
	not lib.present(term.value, ["labelSelector"])
	not lib.present(term.value, ["matchLabelKeys"])
	message := "affinity term has no labelSelector, so it matches no pod; name the labels of the tenant's pods"
}

findings contains {"path": path, "message": message} if {
	some path in paths
	spreads(object.get(input.values, path, null))
	single
	message := "affinity has no effect on a single node; raise tenant.deployment.replicaCount or remove it"
}

findings contains {"path": ["tenant", "affinity"], "message": message} if {
	input.context.profile == "production"
	input.whole
	input.values.tenant.deployment.replicaCount > 1
	every path in paths {
		not on(object.get(input.values, path, null))
	}
	message := "nodes are not spread over failure zones; set affinity for production"
}

# terms are the rules about other pods, required and preferred, of each affinity.
terms contains {"path": array.concat(path, [kind, strength, i]), "value": term} if {
	some path in paths
	some kind in ["podAffinity", "podAntiAffinity"]
	strength := "requiredDuringSchedulingIgnoredDuringExecution"
	some i, term in object.get(input.values, path, {})[kind][strength]
}

terms contains {"path": array.concat(path, [kind, strength, i, "podAffinityTerm"]), "value": term} if {
	some path in paths
	some kind in ["podAffinity", "podAntiAffinity"]
	strength := "preferredDuringSchedulingIgnoredDuringExecution"
	some i, weighted in object.get(input.values, path, {})[kind][strength]
	term := weighted.podAffinityTerm
}

on(affinity) if affinity in {true, "true"}

on(affinity) if {
	is_object(affinity)
	count(affinity) > 0
}

# spreads says that the pods of the tenant keep away from each other.
spreads(affinity) if affinity in {true, "true"}

spreads(affinity) if affinity.podAntiAffinity

single if input.values.tenant.deployment.replicaCount == 1

single if {
	input.whole
	not lib.present(input.values, ["tenant", "deployment", "replicaCount"])
}
