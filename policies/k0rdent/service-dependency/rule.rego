# METADATA
# title: Depend on services of the same list
# description: >-
#   dependsOn names another service of the same list by name and namespace, and a missing namespace means default.
#   What is not in the list, and a circle, is refused.
# custom:
#   severity: error
#   needs: manifests
#   remediation: >-
#     Add the namespace of the service that is meant, correct the name, or break the circle.
#   facts: [K0R-034]
#   source:
#     document: k0rdent/kcm source code
#     section: "internal/util/validation/services.go, ValidateServiceDependencyOverall"
package policies.k0rdent["service-dependency"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": entry.manifest,
	"path": array.concat(entry.path, ["dependsOn", j, "name"]),
	"message": sprintf("service %q depends on %s, which is not in the list%s", [
		entry.service.name,
		concat("/", k0.key(dependency)),
		hint(entry.owner, dependency),
	]),
} if {
	some entry in k0.services
	some j, dependency in entry.service.dependsOn
	every part in k0.key(dependency) { lib.known(part) }
	not k0.key(dependency) in keys(entry.owner)
	every key in keys(entry.owner) { every part in key { lib.known(part) } }
}

findings contains {
	"manifest": entry.manifest,
	"path": array.concat(entry.path, ["dependsOn"]),
	"message": sprintf("service %q depends on itself, through %s; break the circle", [
		entry.service.name,
		k0.list({concat("/", key) | some key in circle}),
	]),
} if {
	some entry in k0.services
	links := {k0.key(service): after |
		some service in object.get(entry.owner, k0.services_path, [])
		after := {k0.key(dependency) | some dependency in object.get(service, "dependsOn", [])}
	}
	own := k0.key(entry.service)
	circle := {key |
		some key in graph.reachable(links, links[own])
		own in graph.reachable(links, links[key])
	}
	own in circle
}

keys(owner) := {k0.key(service) | some service in object.get(owner, k0.services_path, [])}

hint(owner, dependency) := sprintf("; add namespace: %s", [near]) if {
	near := min({key[0] | some key in keys(owner); key[1] == dependency.name})
} else := "; add it, or correct the name"
