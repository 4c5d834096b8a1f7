# METADATA
# title: Ask a storage class for access that it offers
# description: >-
#   The storage tables of AKS and GKE say which access each class offers and which classes serve a service. A disk
#   class gives ReadWriteOnce only: one disk, one zone, one pod. A claim for other access stays pending. Class names
#   may be changed, so that only classes of the tables are judged by name.
# custom:
#   severity: warning
#   needs: context
#   context: [platform]
#   remediation: Use a class of the message, or the access that this one offers.
#   facts: [SUI-097, SUI-098, SUI-101]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: File and disk storage}
package policies["genesys-suite"]["storage-access"]

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"manifest": i, "path": path, "facts": facts, "message": message} if {
	some i, claim in claims
	some row in tables.storage[suite.platform]
	row.storageClass == claim.spec.storageClassName
	row.accessMode
	some j, wanted in claim.spec.accessModes
	wanted != row.accessMode
	wanted != "ReadOnlyMany"
	path := ["spec", "accessModes", j]
	message := sprintf(
		"class %s offers %s and not %s; %s",
		[row.storageClass, row.accessMode, wanted, better(wanted, claim)],
	)
}

findings contains {"path": path, "facts": facts, "message": message} if {
	suite.service_or_foreign
	some setting in suite.settings("storageClass")
	some row in tables.storage[suite.platform]
	row.storageClass == setting.value
	row.accessMode
	path := array.concat(array.slice(setting.path, 0, count(setting.path) - 1), ["accessModes"])
	wanted := listed(object.get(input.values, path, []))
	count(wanted) > 0
	not row.accessMode in wanted
	message := sprintf("class %s offers %s and not %s; use another class", [
		row.storageClass, row.accessMode, concat(", ", wanted),
	])
}

# The claim names a class of the set that is made of disks.
findings contains finding if {
	suite.platform == "gke"
	some i, claim in claims
	"ReadWriteMany" in claim.spec.accessModes
	some j, class in input.manifests
	class.kind == "StorageClass"
	class.metadata.name == claim.spec.storageClassName
	class.provisioner == "pd.csi.storage.gke.io"
	finding := {
		"manifest": i, "path": ["spec", "storageClassName"], "severity": "error", "facts": ["SUI-101"],
		"message": sprintf("class %s is made of disks and cannot be shared; use one of the Filestore driver", [
			claim.spec.storageClassName,
		]),
		"related": [{"manifest": j, "path": ["provisioner"], "message": "the driver of disks"}],
	}
}

findings contains {"manifest": i, "path": path, "severity": "error", "facts": ["SUI-101"], "message": message} if {
	suite.platform == "gke"
	input.context.cluster.filestoreCsi == false
	some i, claim in claims
	some j, "ReadWriteMany" in claim.spec.accessModes
	path := ["spec", "accessModes", j]
	message := "shared volumes need the Filestore CSI driver, and the configuration says that it is off; enable it"
}

claims[i] := item if {
	some i, item in suite.objects
	item.kind == "PersistentVolumeClaim"
}

facts := {"aks": ["SUI-097"], "gke": ["SUI-098"]}[suite.platform]

# The classes of the table that give a service what it asks for.
better(wanted, claim) := sprintf("use %s", [lib.join_words(sort(names), "or")]) if {
	services := suite.services_in(object.get(claim, ["metadata", "namespace"], ""))
	names := {row.storageClass |
		some row in tables.storage[suite.platform]
		row.accessMode == wanted
		count({service | some service in row.services} & services) > 0
	}
	count(names) > 0
} else := "use another class"

listed(modes) := modes if is_array(modes)

listed(modes) := [modes] if is_string(modes)
