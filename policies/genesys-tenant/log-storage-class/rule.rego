# METADATA
# title: Name a storage class that exists for the log claims
# description: >-
#   A claim that names a class which does not exist stays pending, and the pod with it. Without a name the result is up
#   to the chart and the cluster, as the class may be the default one or none; the suite guide advises against the
#   default classes. Where all releases are listed, log-class-name judges the names.
# custom:
#   severity: warning
#   remediation: Set tenant.logging.volumes.logPvc.logStorageClass to a class of the cluster.
#   facts: [TEN-080]
#   source: {document: Tenant Service Private Edition Guide, section: Logging parameters}
package policies["genesys-tenant"]["log-storage-class"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

path := ["tenant", "logging", "volumes", "logPvc", "logStorageClass"]

claim := input.values.tenant.logging.volumes.logPvc if input.values.tenant.logging.volumes.logPvc.enabled == "true"

class := lib.get(claim, ["logStorageClass"], "")

findings contains {
	"path": path,
	"severity": "info",
	"message": "log claim names no storage class, so it gets the cluster's default class or none; set logStorageClass",
} if {
	class == ""
	judged
}

findings contains {
	"path": path,
	"severity": severity,
	"message": sprintf("no given manifest makes StorageClass %q, so the log claims may stay pending%s", [class, choice]),
} if {
	class != ""
	tenant.objects_given
	severity := tenant.missing_severity("StorageClass", class)

	# Where all releases are listed, tenant-monitor may be seen to create it.
	not input.fleet_declared
}

default choice := "; create it, or name another"

choice := sprintf("; create it, or write %s", [lib.join_words([lib.quote(name) | some name in names], "or")]) if {
	names := tenant.object_names("StorageClass")
	count(names) > 0
}

# What another layer may set is missing only from values that are whole.
judged if input.whole

judged if lib.present(claim, ["logStorageClass"])
