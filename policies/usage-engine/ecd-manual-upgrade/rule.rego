# METADATA
# title: Decide when ECDs that cannot scale are restarted
# description: >-
#   An upgrade replaces ECDs one pod after the other. With a fixed port, or storage that cannot be shared, the second
#   pod cannot start beside the first, so the ECD is down for a while; with manualUpgrade: true it keeps running on
#   the old version until it is upgraded by hand. An ECD with one replica has no second workflow that goes on.
#   manualUpgrade that was left behind keeps an ECD on an old version for good.
# custom:
#   severity: warning
#   remediation: >-
#     Set spec.manualUpgrade to true before the upgrade, upgrade the ECD in Desktop Online afterwards, and remove the
#     flag.
#   facts: [UEP-036, UEP-037, UEP-058]
#   needs: manifests
#   source:
#     document: "Usage Engine Private Edition: Upgrading on Azure"
#     section: Before the upgrade; Manual Upgrade of ECDs
package policies["usage-engine"]["ecd-manual-upgrade"]

import data.policies.lib
import data.policies["usage-engine"].lib as usage

findings contains {"manifest": i, "path": path, "facts": ["UEP-037"], "message": message} if {
	some i, object in waiting
	[path, what] := sorted_obstacles(object)[0]
	message := sprintf("%s, so the ECD is down while it is replaced; set manualUpgrade to true to choose when", [what])
}

findings contains {"manifest": i, "path": path, "facts": ["UEP-036"], "severity": "info", "message": message} if {
	some i, object in waiting
	count(obstacles(object)) == 0
	object.spec.replicas == 1
	path := ["spec", "replicas"]
	message := "one replica: no workflow goes on during the upgrade; add a second one, or set manualUpgrade to true"
}

findings contains {"manifest": i, "path": path, "facts": ["UEP-058"], "severity": "info", "message": message} if {
	some i, object in usage.ecds
	object.spec.manualUpgrade == true
	some platform in usage.platforms
	old := {usage.tag(image) | some image in usage.images(object.spec)}
	new := {usage.tag(image) | some image in usage.images(platform.spec)}
	count(old) > 0
	count(new) > 0
	count(old & new) == 0
	path := ["spec", "manualUpgrade"]
	message := sprintf("ECD runs version %s beside a platform of version %s; upgrade it in Desktop Online", [
		concat(", ", sort(old)),
		concat(", ", sort(new)),
	])
}

# waiting are the ECDs that the upgrade restarts.
waiting[i] := object if {
	some i, object in usage.ecds
	not object.spec.manualUpgrade == true
	not placeholder(object)
}

placeholder(object) if not lib.known(object.spec.manualUpgrade)

sorted_obstacles(object) := sort(obstacles(object))

# obstacles keep a second pod from starting beside the first.
obstacles(object) := {[array.concat(["spec"], path), what] |
	walk(object.spec, [path, value])
	key := path[count(path) - 1]
	what := obstacle(key, value)
}

obstacle(key, value) := sprintf("%s %v can be used once on a node", [key, value]) if {
	key == "hostPort"
	is_number(value)
} else := sprintf("%s %v is fixed", [key, value]) if {
	key == "nodePort"
	is_number(value)
} else := "a hostPath volume is not shared" if {
	key == "hostPath"
	is_object(value)
} else := "a ReadWriteOnce volume is not shared" if {
	key == "accessModes"
	value == ["ReadWriteOnce"]
}
