package policies["usage-engine"]["pull-secret_test"]

import data.policies["usage-engine"]["pull-secret"] as rule

platform(spec) := {
	"kind": "StatefulSet", "metadata": {"name": "platform", "namespace": "uepe"},
	"spec": {"template": {"spec": spec}},
}

found(objects) := result if {
	result := [finding.severity | some finding in rule.findings; finding.severity] with input as {
		"manifests": objects,
	}
}

warned(objects) := result if {
	result := count(rule.findings) - count(found(objects)) with input as {"manifests": objects}
}

test_none if warned([platform({"containers": []})]) == 1

test_account if {
	account := {
		"kind": "ServiceAccount", "metadata": {"name": "sa", "namespace": "uepe"},
		"imagePullSecrets": [{"name": "x"}],
	}
	warned([platform({"serviceAccountName": "sa"}), account]) == 0
	warned([platform({"serviceAccountName": "other"})]) == 0
	bare := object.remove(account, ["imagePullSecrets"])
	warned([platform({"serviceAccountName": "sa"}), bare]) == 1
}

test_secret if {
	pods := platform({"imagePullSecrets": [{"name": "reg"}]})
	right := {
		"kind": "Secret", "type": "kubernetes.io/dockerconfigjson",
		"metadata": {"name": "reg", "namespace": "uepe"},
	}
	found([pods, right]) == []
	found([pods, object.union(right, {"type": "Opaque"})]) == ["error"]
	found([pods, object.union(right, {"metadata": {"name": "reg", "namespace": "other"}})]) == ["error"]
	found([platform({"imagePullSecrets": [{"name": ""}]})]) == ["error"]
}
