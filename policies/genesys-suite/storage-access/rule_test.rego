package policies["genesys-suite"]["storage-access_test"]

import data.policies["genesys-suite"]["storage-access"] as rule

count_for(platform, modes, class) := count(findings) if {
	findings := rule.findings with input as {"context": {"platform": platform}, "manifests": [{
		"kind": "PersistentVolumeClaim", "metadata": {"name": "x", "namespace": "bds"},
		"spec": {"accessModes": modes, "storageClassName": class},
	}]}
}

test_claims if {
	count_for("aks", ["ReadWriteMany"], "disk-premium") == 1
	count_for("aks", ["ReadWriteMany"], "files-standard") == 0
	count_for("gke", ["ReadWriteMany"], "premium-rwo") == 1
	count_for("gke", ["ReadWriteMany"], "own-class") == 0
	count_for("other", ["ReadWriteMany"], "disk-premium") == 0
}

test_driver if {
	claim := {"kind": "PersistentVolumeClaim", "metadata": {"name": "x"}, "spec": {
		"accessModes": ["ReadWriteMany"], "storageClassName": "own",
	}}
	class := {"kind": "StorageClass", "metadata": {"name": "own"}, "provisioner": "pd.csi.storage.gke.io"}
	count(rule.findings) == 1 with input as {"context": {"platform": "gke"}, "manifests": [claim, class]}
	count(rule.findings) == 1 with input as {
		"context": {"platform": "gke", "cluster": {"filestoreCsi": false}}, "manifests": [claim],
	}
}
