package policies["genesys-tenant-monitor"]["log-class-mode_test"]

import data.policies["genesys-tenant-monitor"]["log-class-mode"] as rule

paths(volume, more) := {finding.path[3] | some finding in findings} if {
	values := {"tenant": {"logging": {"volume": object.union({"enabled": "true"}, volume)}}}
	findings := rule.findings with input as object.union({"values": values}, more)
}

class(provisioner) := {"manifests": [{
	"kind": "StorageClass",
	"metadata": {"name": "fast"},
	"provisioner": provisioner,
}]}

test_class if {
	paths({"logStorageClass": "premium-rwo"}, {}) == {"logStorageClass"}
	paths({"logStorageClass": "redundant-rwx"}, {}) == set()
	paths({"logStorageClass": "fast"}, class("pd.csi.storage.gke.io")) == {"logStorageClass"}
	paths({"logStorageClass": "fast"}, class("filestore.csi.storage.gke.io")) == set()
}

test_no_class if {
	paths({"logStorageClass": ""}, {}) == {"logStorageClass"}
	paths({}, {}) == set()
	paths({}, {"whole": true}) == {"logStorageClass"}
}

test_off if {
	paths({"enabled": "false", "logStorageClass": "premium-rwo"}, {}) == set()
	paths({"createpvClaim": "false", "logStorageClass": "premium-rwo"}, {}) == set()
}

test_new_class if {
	new := {"createSC": "true", "logStorageClass": "logs", "Storageprovisioner": "ebs.csi.aws.com"}
	paths(new, {}) == {"Storageprovisioner"}
	paths(object.union(new, {"createSC": "false"}), {}) == set()
}
