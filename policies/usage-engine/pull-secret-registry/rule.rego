# METADATA
# title: Change the pull secret with the registry
# description: >-
#   When the images come from another registry than before, the pull secret mostly has to change as well; its name is
#   updated in the values before the upgrade.
# custom:
#   severity: info
#   remediation: Check that the Secret opens the new registry, and name another one if it does not.
#   facts: [UEP-027]
#   needs: previous
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Preparations (note)}
package policies["usage-engine"]["pull-secret-registry"]

import data.policies.lib

findings contains {"path": path, "message": message} if {
	fresh := hosts(input) - hosts(input.previous)
	count(hosts(input.previous)) > 0
	count(fresh) > 0
	secrets(input) == secrets(input.previous)
	path := first_place(fresh)
	message := sprintf("images come from %s now, and the pull secrets are the old ones; check that they open it", [
		concat(" and ", sort(fresh)),
	])
}

# hosts are the registries that values and manifests name.
hosts(side) := {host |
	some tree in trees(side)
	walk(tree, [path, value])
	host := host_at(path, value)
}

trees(side) := array.concat([object.get(side, "values", {})], object.get(side, "manifests", []))

host_at(path, value) := split(value, "/")[0] if {
	is_string(value)
	path[count(path) - 1] in {"image", "repository", "registry", "imageRegistry"}
	lib.known(value)
	regex.match(`^[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]+)?(/|$)`, value)
}

# secrets are the names under imagePullSecrets, wherever they stand.
secrets(side) := {value |
	some tree in trees(side)
	walk(tree, [path, value])
	is_string(value)
	some key in path
	key in {"imagePullSecrets", "imagePullSecret", "pullSecrets"}
}

# first_place is where the values name one of the hosts; the root where only manifests do.
first_place(fresh) := sort(places)[0] if {
	places := [path | walk(input.values, [path, value]); host_at(path, value) in fresh]
	count(places) > 0
} else := []
