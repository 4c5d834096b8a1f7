package policies["genesys-suite"]["unsupported-object_test"]

import data.policies["genesys-suite"]["unsupported-object"] as rule

facts(item) := {finding.facts[0] | some finding in rule.findings with input as {"manifests": [item]}}

test_sandbox if {
	facts({"kind": "Deployment", "spec": {"template": {"spec": {"runtimeClassName": "gvisor"}}}}) == {"SUI-025"}
	facts({"kind": "RuntimeClass", "metadata": {"name": "x"}, "handler": "runsc"}) == {"SUI-025"}
	facts({"kind": "RuntimeClass", "metadata": {"name": "x"}, "handler": "runc"}) == set()
}

test_keys if {
	class := {"kind": "StorageClass", "metadata": {"name": "x"}, "provisioner": "pd.csi.storage.gke.io"}
	facts(object.union(class, {"parameters": {"disk-encryption-kms-key": "k"}})) == {"SUI-026"}
	facts(class) == set()
}

test_consul if {
	namespace := {"kind": "Namespace", "metadata": {"name": "consul", "labels": {
		"pod-security.kubernetes.io/enforce": "restricted",
	}}}
	facts(namespace) == {"SUI-094"}
	facts({"kind": "Namespace", "metadata": {"name": "consul"}}) == set()
}

test_constraint if {
	facts({"kind": "SecurityContextConstraints", "metadata": {"name": "genesys-restricted"}}) == {"SUI-095"}
	facts({"kind": "ClusterRole", "rules": [{"resourceNames": ["genesys-restricted"]}]}) == {"SUI-095"}
	facts({"kind": "RoleBinding", "roleRef": {"name": "system:openshift:scc:genesys-restricted"}}) == {"SUI-095"}
	facts({"kind": "ServiceAccount", "metadata": {"name": "gws"}}) == set()
}
