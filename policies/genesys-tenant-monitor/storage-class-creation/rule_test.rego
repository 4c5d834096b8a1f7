package policies["genesys-tenant-monitor"]["storage-class-creation_test"]

import data.policies["genesys-tenant-monitor"]["storage-class-creation"] as rule

found(volume, whole) := findings if {
	findings := rule.findings with input as {
		"values": {"tenant": {"logging": {"volume": volume}}},
		"whole": whole,
	}
}

class := {"createSC": "true", "logStorageClass": "tenant-logs"}

test_good if {
	every name in ["file.csi.azure.com", "kubernetes.io/azure-file"] {
		count(found(object.union(class, {"Storageprovisioner": name, "parameters": {"a": "b"}}), true)) == 0
	}
	count(found({"parameters": {"a": "b"}}, false)) == 0
	count(found({"createSC": "$CREATE", "parameters": {"a": "b"}}, true)) == 0
}

test_lacking if {
	count(found({"createSC": "true"}, false)) == 2
	count(found(object.union(class, {"Storageprovisioner": "TBD OC provisioner"}), false)) == 1
}

test_other_spelling_is_reported_by_itself if {
	count(found(object.union(class, {"storageProvisioner": "file.csi.azure.com"}), false)) == 0
}

test_unused if {
	findings := found({"createSC": "false", "Storageprovisioner": "TBD", "parameters": {"a": "b"}}, false)
	{f.severity | some f in findings} == {"info"}
	count(findings) == 2
	count(found({"parameters": {"a": "b"}}, true)) == 1
}
