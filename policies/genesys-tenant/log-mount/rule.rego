# METADATA
# title: Mount the log volume at both of its places
# description: >-
#   The service writes its log files to /opt/genesys/logs/volume and to /logs, both on the volume log. The chart's
#   default has both mounts; a list in the values replaces it completely. Without a source the volume is an empty
#   directory, and a volume has one source.
# custom:
#   severity: error
#   remediation: "Mount {name: log, mountPath: /opt/genesys/logs/volume} and {name: log, mountPath: /logs}."
#   facts: [TEN-082, TEN-162]
#   source: {document: Tenant Service Private Edition Guide, section: Logging parameters}
package policies["genesys-tenant"]["log-mount"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

list := ["tenant", "logging", "mounts", "log"]

findings contains {
	"path": ["tenant", "logging", "volumes", "log", i],
	"facts": ["TEN-082"],
	"message": sprintf("volume has the sources %s; keep one of them", [lib.join_words(sources, "and")]),
} if {
	some i, volume in tenant.log_list("volumes", "log")
	sources := [source | some source, value in volume; not source in {"name", "secretName"}; value != null]
	count(sources) > 1
}

findings contains {
	"path": array.concat(list, [i, "name"]),
	"facts": ["TEN-082"],
	"related": [{"path": ["tenant", "logging", "volumes", "log", 0, "name"], "message": "the volume of the logs"} |
		count(names) > 0
	],
	"message": sprintf("mount of the logs names the volume %q, which is not declared; write %q", [
		input.expanded.tenant.logging.mounts.log[i].name,
		array.concat(names, ["log"])[0],
	]),
} if {
	some i in tenant.stray_log_mounts
}

findings contains object.union(mend(lacking), {
	"path": list,
	"key": true,
	"severity": "warning",
	"facts": ["TEN-162"],
	"message": sprintf("log volume is not mounted at %s, and %s; add %s", [
		lib.join_words(lacking, "and"),
		why,
		lib.join_words([entry(at) | some at in lacking], "and"),
	]),
}) if {
	lacking := [at | some at in ["/opt/genesys/logs/volume", "/logs"]; not mounted[at]]
	count(lacking) > 0
}

# mend adds the one mount that is missing to a list that has others.
mend(paths) := {"fix": {
	"description": "add the mount",
	"path": array.concat(list, [count(tenant.log_list("mounts", "log"))]),
	"value": {"name": array.concat(names, ["log"])[0], "mountPath": paths[0]},
	"safe": false,
}} if {
	count(paths) == 1
} else := {}

entry(at) := sprintf("{name: %s, mountPath: %s}", [array.concat(names, ["log"])[0], at])

names := [volume.name | some volume in tenant.log_list("volumes", "log")]

# why tells that the mounts can be judged.
why := "this list replaces the chart's" if {
	every mount in tenant.log_list("mounts", "log") {
		lib.known(concat("", [mount.name, mount.mountPath]))
	}
} else := "a persistent one should be" if {
	input.whole
	object.get(input.expanded, list, []) == []
	persistent
}

persistent if input.values.tenant.logging.volumes.logPvc.enabled == "true"

persistent if {
	some volume in tenant.log_list("volumes", "log")
	volume.persistentVolumeClaim
}

mounted contains tenant.clean_path(mount.mountPath) if {
	some i, mount in tenant.log_list("mounts", "log")
	holds_logs(mount.name, i)
}

holds_logs(name, _) if name in array.concat(names, ["log"])

# The name is reported by itself.
holds_logs(_, i) if tenant.stray_log_mounts[i]
