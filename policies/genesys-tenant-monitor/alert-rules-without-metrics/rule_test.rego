package policies["genesys-tenant-monitor"]["alert-rules-without-metrics_test"]

import data.policies["genesys-tenant-monitor"]["alert-rules-without-metrics"] as rule

found(monitor, manifests, whole) := findings if {
	findings := rule.findings with input as {
		"values": {"prometheus": object.union(monitor, {"alertrule": {"create": "true"}})},
		"manifests": manifests,
		"whole": whole,
	}
}

test_switches if {
	count(found({"podMonitor": {"create": "false"}}, [], false)) == 1
	count(found({"podMonitor": {"create": "true"}}, [], true)) == 0
	count(found({"podMonitor": {"create": "$MONITOR"}}, [], true)) == 0
	count(found({}, [], true)) == 1
	count(found({}, [], false)) == 0
}

test_another_pod_monitor if {
	manifest := {"kind": "PodMonitor", "metadata": {"name": "all"}, "spec": {"selector": {}}}
	count(found({"podMonitor": {"create": "false"}}, [manifest], true)) == 0
}
