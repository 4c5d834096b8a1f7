# METADATA
# title: Use the storage class that tenant-monitor creates
# description: >-
#   With createSC "true" tenant-monitor creates a storage class for the logs of tenants. A logPvc that names another
#   class does not use it; often the name is misspelt and the claim stays in Pending.
# custom:
#   severity: warning
#   needs: fleet
#   remediation: Write the name of the created class in logStorageClass of logPvc.
#   facts: [TEN-081]
#   source: {document: Tenant Service Private Edition Guide, section: Logging parameters}
package policies["genesys-tenant"]["log-class-name"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

monitor_path := ["tenant", "logging", "volume", "logStorageClass"]

tenant_path := ["tenant", "logging", "volumes", "logPvc", "logStorageClass"]

# created are the classes that tenant-monitor creates at a place, with the release that does.
created := {place: classes |
	some place, monitors in tenant.monitors_at
	classes := {name: monitor |
		some monitor in monitors
		tenant.value_of(monitor, ["tenant", "logging", "volume", "createSC"]) == "true"
		name := tenant.value_of(monitor, monitor_path)
		name != ""
		lib.known(name)
	}
	count(classes) == 1
}

others[[tenant.fleet[i].place, name]] contains i if {
	some i in tenant.fleet_tenants
	tenant.value_of(i, ["tenant", "logging", "volumes", "logPvc", "enabled"]) == "true"
	name := tenant.value_of(i, tenant_path)
	name != ""
	lib.known(name)
}

findings contains {
	"release": min(members),
	"path": tenant_path,
	"related": [{"release": monitor, "path": monitor_path, "message": "the class that is created"}],
	"message": sprintf("storage class %s is not %s, the one that tenant-monitor creates for logs; write that name", [
		lib.quote(key[1]),
		lib.quote(name),
	]),
} if {
	some key, members in others
	some name, monitor in created[key[0]]
	name != key[1]
}
