# METADATA
# title: Use storage classes made for the services
# description: >-
#   Volumes use storage classes that were created for them. An empty class means the default of the cluster, whose
#   speed, redundancy and access nobody chose; so do the classes that a platform brings along.
# custom:
#   severity: warning
#   remediation: >-
#     Name a class of the storage tables, such as files-standard-redundant on AKS or redundant-rwx on GKE.
#   facts: [SUI-096]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Storage requirements}
package policies["genesys-suite"]["storage-class"]

import data.policies["genesys-suite"].lib as suite

findings contains {"path": row.path, "message": message} if {
	suite.service_or_foreign
	not suite.service_is("tenant")
	some row in suite.settings("storageClass")
	parent := object.get(input.values, array.slice(row.path, 0, count(row.path) - 1), {})
	not off(parent)
	not logs_elsewhere(row.path)
	message := problem(row.value)
}

problem("") := "an empty storage class means the default of the cluster; name one that was made for the service"

problem(class) := message if {
	lower(class) in {"default", "managed", "managed-premium", "azurefile", "azurefile-premium", "standard", "gp2"}
	message := sprintf("%q is a class that the platform brings along; name one that was made for the service", [class])
}

off(parent) if {
	some key in ["enabled", "create"]
	parent[key] in {false, "false"}
}

# The claim of Pulse counts only when logs go there.
logs_elsewhere(path) if {
	path[0] == "log"
	lower(object.get(input.values, ["log", "volumeType"], "none")) != "pvc"
}
