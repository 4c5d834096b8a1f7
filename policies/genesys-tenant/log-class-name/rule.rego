# METADATA
# title: Use a storage class that tenant-monitor or a manifest creates
# description: >-
#   With createSC "true" tenant-monitor creates a storage class for the logs of tenants. A logPvc that names another
#   class does not use it; often the name is misspelt and the claim stays in Pending. So does one whose class no given
#   manifest makes.
# custom:
#   severity: warning
#   needs: fleet
#   remediation: Write the name of the created class in logStorageClass of logPvc.
#   facts: [TEN-080, TEN-081]
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

# named are the classes that tenants name: lists of [[place, class], tenant].
named := tenant.groups([[[tenant.fleet[i].place, name], i] |
	some i in tenant.fleet_tenants
	tenant.value_of(i, ["tenant", "logging", "volumes", "logPvc", "enabled"]) == "true"
	name := tenant.value_of(i, tenant_path)
	name != ""
	lib.known(name)
])

findings contains {
	"release": first,
	"path": tenant_path,
	"facts": ["TEN-081"],
	"related": [{"release": monitor, "path": monitor_path, "message": "the class that is created"}],
	"message": sprintf("storage class %s is not %s, the one that tenant-monitor creates for logs; write that name", [
		lib.quote(key[1]),
		lib.quote(name),
	]),
} if {
	some group in named
	[key, first] := group[0]
	some name, monitor in created[key[0]]
	name != key[1]
}

findings contains {
	"release": first,
	"path": tenant_path,
	"severity": severity,
	"facts": ["TEN-080"],
	"message": sprintf("no given manifest makes StorageClass %s, so the log claims may stay pending; create it%s", [
		lib.quote(key[1]),
		choice,
	]),
} if {
	some group in named
	[key, first] := group[0]
	not created[key[0]]
	not key[1] in given
	severity := severities[[object.get(input, "manifests_complete", false), count(given) > 0]]
}

given := {manifest.metadata.name | some manifest in input.manifests; manifest.kind == "StorageClass"}

# Manifests are seldom all there is.
severities := {[true, true]: "error", [true, false]: "error", [false, true]: "warning"}

default choice := ""

choice := sprintf(", or write %s", [lib.join_words([lib.quote(name) | some name in given], "or")]) if count(given) > 0
