# METADATA
# title: Give voice workloads a priority class
# description: >-
#   Voice tolerates no delay, so that its services are critical and must not be evicted. A workload without a class
#   has priority 0 and is the first to go once others have one.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: Set priorityClassName to genesysengage-critical-priority.
#   facts: [SUI-150]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Service priorities}
package policies["genesys-suite"]["voice-priority"]

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"manifest": pod.index, "path": path, "message": message} if {
	some pod in suite.pods
	not lib.present(pod.spec, ["priorityClassName"])
	pod.kind in {"Deployment", "StatefulSet", "DaemonSet"}
	critical(component(pod.name))
	path := array.concat(pod.path, ["priorityClassName"])
	message := sprintf("%s has no priority class and is evicted first; set priorityClassName: %s", [
		pod.name, tables.priority_classes.critical.name,
	])
}

critical("tenant")

critical(name) if {
	tables.priorities[name].priority == "critical"
	tables.parents[name] in {"voice", "gvp", "webrtc"}
}

# component takes the suffix of a tenant, a colour or a number off a name.
component(name) := name if {
	tables.priorities[name]
} else := short if {
	short := regex.replace(name, `-(t?\d+|blue|green)$`, "")
	tables.priorities[short]
}
