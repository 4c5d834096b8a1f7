package policies["genesys-suite"]["voice-priority_test"]

import data.policies["genesys-suite"]["voice-priority"] as rule

workload(name, pod) := {
	"kind": "StatefulSet", "metadata": {"name": name, "namespace": "voice"}, "spec": {"template": {"spec": pod}},
}

count_for(name, pod) := count(findings) if {
	findings := rule.findings with input as {"manifests": [workload(name, object.union(pod, {"containers": []}))]}
}

test_workloads if {
	count_for("voice-sip", {}) == 1
	count_for("tenant-100", {}) == 1
	count_for("voice-sip", {"priorityClassName": "x"}) == 0
	count_for("voice-voicemail", {}) == 0
	count_for("gauth-auth", {}) == 0
	count_for("anything", {}) == 0
}
