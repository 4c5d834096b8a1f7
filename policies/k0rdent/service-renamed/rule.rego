# METADATA
# title: Keep name and namespace of a service
# description: >-
#   A service is known by its namespace and name. A new name or another namespace is no upgrade: the old release is
#   uninstalled and a new one installed. So is a service that is left out.
# custom:
#   severity: warning
#   needs: previous
#   remediation: >-
#     Restore name and namespace; remove a service knowingly.
#   facts: [K0R-054]
#   source: {document: k0rdent/kcm source code, section: "internal/serviceset/util.go, BuildServicesList"}
package policies.k0rdent["service-renamed"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": j,
	"path": place.path,
	"key": true,
	"message": sprintf("service %s is gone, so it is uninstalled%s", [concat("/", k0.key(old)), place.hint]),
	"related": [{
		"previous": true,
		"manifest": i,
		"path": array.concat(k0.services_path, [m]),
		"message": "it was declared here",
	}],
} if {
	some [kind, i, j] in k0.same
	kind in {"ClusterDeployment", "MultiClusterService"}
	some m, old in object.get(input.previous.manifests[i], k0.services_path, [])
	now := object.get(input.manifests[j], k0.services_path, [])
	is_string(old.name)
	every service in now {
		every part in k0.key(service) { lib.known(part) }
		k0.key(service) != k0.key(old)
	}
	place := where(i, j, old, now)
}

where(i, j, old, now) := {"path": array.concat(k0.services_path, [n, "name"]), "hint": hint} if {
	olds := {k0.key(service) | some service in object.get(input.previous.manifests[i], k0.services_path, [])}
	n := min({n | some n, service in now; not k0.key(service) in olds; alike(old, service)})
	hint := sprintf(", and %s is installed beside it: this looks like a rename; restore %s", [
		concat("/", k0.key(now[n])),
		concat("/", k0.key(old)),
	])
	is_number(j)
} else := {"path": k0.services_path, "hint": "; restore it, unless that is meant"} if {
	lib.present(input.manifests[j], k0.services_path)
} else := {"path": ["spec"], "hint": "; restore it, unless that is meant"}

alike(old, new) if old.name == new.name

alike(old, new) if family(old.template) == family(new.template)

alike(old, new) if {
	lib.get(old, ["templateChain"], "") != ""
	old.templateChain == new.templateChain
}

family(template) := regex.replace(template, `(-[0-9]+)+$`, "")
