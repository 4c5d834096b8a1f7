# METADATA
# title: Depend on a MultiClusterService that exists
# description: >-
#   spec.dependsOn names other MultiClusterServices. One that does not exist keeps the services waiting, and so does
#   a circle. A name that is not among the manifests is an error where these are declared complete, a warning where
#   other MultiClusterServices are given, else worth knowing.
# custom:
#   severity: error
#   needs: manifests
#   remediation: >-
#     Correct the name, add the MultiClusterService, or break the circle.
#   facts: [K0R-067]
#   source: {document: k0rdent/kcm source code, section: "internal/util/validation/multiclusterservice.go"}
package policies.k0rdent["multi-cluster-dependency"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": i,
	"path": ["spec", "dependsOn", j],
	"severity": severity,
	"message": sprintf("MultiClusterService %q is not among the given manifests; add it, or correct the name", [wanted]),
} if {
	some i, service in k0.of("MultiClusterService")
	some j, wanted in service.spec.dependsOn
	is_string(wanted)
	lib.known(wanted)
	every _, other in k0.of("MultiClusterService") {
		lib.known(k0.name(other))
		k0.name(other) != wanted
	}
	severity := weight
}

findings contains {
	"manifest": i,
	"path": ["spec", "dependsOn"],
	"message": sprintf("MultiClusterService %q depends on itself, through %s; break the circle", [own, k0.list(circle)]),
} if {
	some i, service in k0.of("MultiClusterService")
	own := k0.name(service)
	circle := {name |
		some name in graph.reachable(links, links[own])
		own in graph.reachable(links, links[name])
	}
	own in circle
}

weight := "error" if {
	k0.complete
} else := "warning" if {
	count(k0.of("MultiClusterService")) > 1
} else := "info"

links := {name: after |
	some name in {k0.name(service) | some _, service in k0.of("MultiClusterService")}
	after := {wanted |
		some _, service in k0.of("MultiClusterService")
		k0.name(service) == name
		some wanted in object.get(service, ["spec", "dependsOn"], [])
	}
}
