# METADATA
# title: Give each log sidecar the volume, the mounts and the configuration of its log
# description: >-
#   The service writes a log to a folder of its own, and a sidecar forwards it. For that an empty directory is mounted
#   in both containers, and the config map of the log in the sidecar: five lists below tenant.logging. When one is
#   missing, or its name or path is another, the sidecar runs and forwards nothing.
# custom:
#   severity: error
#   remediation: >-
#     Complete the lists of the log below tenant.logging.volumes and tenant.logging.mounts, or write enable "false"
#     for the sidecar.
#   facts: [TEN-077, TEN-078, TEN-173, TEN-174, TEN-175, TEN-176, TEN-177]
#   source: {document: Tenant Service Private Edition Guide, section: Samples and references}
package policies["genesys-tenant"]["log-stream"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {
	"path": ["images", key, "enable"],
	"facts": array.concat(lost_facts(stream, lists), [stream.fact]),
	"message": sprintf("%q is on, but tenant.logging has no %s; add %s, or write enable: \"false\"", [
		object.get(tenant.sidecars[key], "name", stream.sidecar),
		lib.join_words([concat(".", list) | some list in lists], "and"),
		{true: "it", false: "them"}[count(lists) == 1],
	]),
} if {
	some key, lists in tenant.lost_log_lists
	stream := tenant.log_streams[key]
}

# Another values file may have all of it.
findings contains {
	"path": ["images", keys[0], "enable"],
	"severity": "info",
	"facts": [tenant.log_streams[key].fact | some key in keys],
	"related": [{"path": ["images", key, "enable"], "message": "on, too"} | some i, key in keys; i > 0],
	"message": "log sidecars are on, but these values have no log volumes and mounts to judge; give all layers with -f",
} if {
	not tenant.log_lists_shown("volumes")
	not tenant.log_lists_shown("mounts")
	keys := [key | some key, _ in tenant.sidecars]
	count(keys) > 0
}

# One wrong name of the volume, not two wrong mounts.
findings contains {
	"path": path,
	"facts": ["TEN-078", tenant.log_streams[key].fact],
	"fix": {"description": "rename the volume", "path": path, "value": stray.name, "safe": false},
	"related": related,
	"message": sprintf("volume %q has another name than its mounts; write %q", [stray.names[0], stray.name]),
} if {
	some [key, mounted], stray in tenant.stray_streams
	misnamed[key] == stray.name
	mounted == tenant.log_streams[key].log
	path := ["tenant", "logging", "volumes", stray.volumes, 0, "name"]
	related := [{"path": ["tenant", "logging", "mounts", list, 0, "name"], "message": "the mount"} |
		some list in [mounted, tenant.log_streams[key].reader]
	]
}

findings contains {
	"path": path,
	"facts": [stray.fact, tenant.log_streams[key].fact],
	"fix": {"description": "name the volume", "path": path, "value": stray.names[0], "safe": false},
	"related": [{"path": ["tenant", "logging", "volumes", stray.volumes, 0, "name"], "message": "the volume"}],
	"message": sprintf("volume %q is not the one of this log; write %q, which volumes.%s declares", [
		stray.name,
		stray.names[0],
		stray.volumes,
	]),
} if {
	some [key, mounted], stray in tenant.stray_streams
	not misnamed[key] == stray.name
	path := ["tenant", "logging", "mounts", mounted, 0, "name"]
}

findings contains object.union(problem, {
	"path": path,
	"facts": facts,
	"fix": {"description": "write the path", "path": path, "value": right, "safe": false},
}) if {
	some key, _ in tenant.sidecars
	some [list, facts, right, why] in places(tenant.log_streams[key])
	places_found := [tenant.clean_path(object.get(mount, "mountPath", "")) |
		some mount in tenant.log_list("mounts", list)
		not tenant.stray_streams[[key, list]]
	]
	count(places_found) > 0
	not tenant.clean_path(right) in places_found
	not own_folder(tenant.log_streams[key], list)
	problem := misplaced(places_found, right, why)
	path := ["tenant", "logging", "mounts", list, 0, "mountPath"]
}

findings contains {
	"path": array.concat(path, ["name"]),
	"severity": "warning",
	"facts": ["TEN-078", tenant.log_streams[key].fact],
	"message": sprintf("volume %q is a %s, but a log that is forwarded needs an emptyDir only; write emptyDir: {}", [
		volume.name,
		source,
	]),
} if {
	some key, _ in tenant.sidecars
	list := tenant.log_streams[key].log
	some i, volume in tenant.log_list("volumes", list)
	some source, value in volume
	not source in {"name", "emptyDir"}
	value != null
	path := ["tenant", "logging", "volumes", list, i]
}

findings contains {
	"path": ["tenant", "logging", "volumes", stream.config, i, "configMap", "name"],
	"severity": "warning",
	"facts": ["TEN-077", stream.fact],
	"message": sprintf("config map %q is the one of another log; write %q", [volume.configMap.name, stream.map]),
} if {
	some key, _ in tenant.sidecars
	stream := tenant.log_streams[key]
	some i, volume in tenant.log_list("volumes", stream.config)
	volume.configMap.name != stream.map
	some other in tenant.log_streams
	other.map == volume.configMap.name
}

findings contains {
	"path": array.concat(["tenant", "logging"], lists[0]),
	"key": true,
	"severity": "info",
	"facts": [stream.fact],
	"related": [{"path": ["images", key, "enable"], "message": "the switch"}],
	"message": sprintf("%q is not on, so nothing forwards this log; write enable: \"true\", or remove its lists", [
		stream.sidecar,
	]),
} if {
	some key, stream in tenant.log_streams
	off(object.get(input.values, ["images", key, "enable"], "absent"))
	lists := [[kind, list] | some [kind, list] in stream.lists; tenant.log_list(kind, list)]
	count(lists) > 0
}

off("false")

off("absent") if input.whole

lost_facts(stream, lists) := [fact |
	some [fact, keys] in [["TEN-078", {stream.log, stream.reader}], ["TEN-077", {stream.config}]]
	count([list | some list in lists; list[1] in keys]) > 0
]

misnamed[key] := stray.name if {
	some [key, mounted], stray in tenant.stray_streams
	mounted == tenant.log_streams[key].log
	count(stray.names) == 1
	stray.name == tenant.stray_streams[[key, tenant.log_streams[key].reader]].name
}

places(stream) := [
	[stream.log, ["TEN-078", stream.fact], stream.folder, "is not where the service writes this log"],
	[stream.reader, [stream.fact], "/mnt/logs", "is not where the configuration of tenant-monitor reads"],
	[stream.config, ["TEN-077", stream.fact], "/fluent-bit/etc/", "is not where Fluent Bit looks for its configuration"],
]

# A config map of one's own may read elsewhere.
own_folder(stream, list) if {
	list == stream.reader
	object.get(tenant.log_list("mounts", list)[0], "mountPath", "") != ""
	every volume in tenant.log_list("volumes", stream.config) {
		volume.configMap.name != stream.map
	}
}

misplaced(found, right, why) := {"message": sprintf("this mount has no mountPath; add mountPath: %s", [right])} if {
	found[0] == ""
} else := {
	"severity": {true: "error", false: "warning"}[startswith(right, "/opt")],
	"message": sprintf("%q %s; write %q", [found[0], why, right]),
}
