# The Fluent Bit sidecars and the volumes of the logs that they forward.
package policies["genesys-tenant"].lib

import data.policies.lib

# log_streams holds, by the key below images:
#   fact     the fact about the stream
#   log      the list of its volume, and of the mount in the main container
#   reader   the list of the mount in the sidecar
#   config   the list of the volume and of the mount of its configuration
#   folder   where the service writes the log
#   sidecar  the documented name of the sidecar
#   map      the config map that tenant-monitor makes for it
#   lists    all of these lists, as [volumes or mounts, key]
#   pairs    the lists whose names belong together: [key below volumes, key below mounts, fact]
log_streams := {concat("", ["fluentBit", suffix]): stream |
	some [suffix, fact, log, reader, folder, sidecar] in _stream_table
	config := concat("", ["fluentBconfigmap", suffix])
	stream := {
		"fact": fact,
		"log": log,
		"reader": reader,
		"config": config,
		"folder": concat("/", ["/opt/genesys/logs", folder]),
		"sidecar": sidecar,
		"map": trim_suffix(concat("-", ["tenants-fluent-bit-config", lower(suffix)]), "-"),
		"lists": [["volumes", log], ["volumes", config], ["mounts", log], ["mounts", reader], ["mounts", config]],
		"pairs": [[log, log, "TEN-078"], [log, reader, "TEN-078"], [config, config, "TEN-077"]],
	}
}

_stream_table := [
	["", "TEN-173", "jsonLog", "fbJsonLog", "JSON", "json-sidecar"],
	["Urs", "TEN-174", "stdoutUrsLog", "fbstdoutUrsLog", "URS", "stdouturs-sidecar"],
	["Ss", "TEN-175", "stdoutSsLog", "fbstdoutSsLog", "SS", "stdoutss-sidecar"],
	["Ocs", "TEN-176", "stdoutOcsLog", "fbstdoutOcsLog", "OCS", "stdoutocs-sidecar"],
	["Cs", "TEN-177", "stdoutCsLog", "fbstdoutCsLog", "confserv", "stdoutcs-sidecar"],
]

# sidecars are the entries below images that are switched on, by their key.
sidecars := {key: image |
	some key, _ in log_streams
	image := input.values.images[key]
	image.enable == "true"
}

# log_list returns a list below tenant.logging; it is undefined when there is none or nothing in it.
log_list(kind, key) := list if {
	list := input.expanded.tenant.logging[kind][key]
	is_array(list)
	count(list) > 0
}

# lost_log_lists are, by the key of the sidecar, its lists that are not there. Nothing is lost while another values file
# may have it: these values have to hold some volumes, or some mounts, of logs.
lost_log_lists[key] := lists if {
	some key, _ in sidecars
	lists := [[kind, list] |
		some [kind, list] in log_streams[key].lists
		log_lists_shown(kind)
		object.get(input.expanded, ["tenant", "logging", kind, list], []) == []
	]
	count(lists) > 0
}

log_lists_shown(_) if input.whole

log_lists_shown(kind) if lib.present(input.expanded, ["tenant", "logging", kind])

# stray_streams holds, for each list of mounts of a stream that mounts no volume of the list it belongs to,
# by [key below images, key below mounts]:
#   name     the volume that the first mount refers to
#   names    the volumes that there are
#   volumes  the key of their list
#   fact     the fact about the pair
# A partial rule with keys like these would be computed again for every key that is asked for.
stray_streams := {[key, mounted]: {"name": used[0], "names": names, "volumes": declared, "fact": fact} |
	some key, _ in sidecars
	some [declared, mounted, fact] in log_streams[key].pairs
	names := _names(log_list("volumes", declared))
	used := _names(log_list("mounts", mounted))
	count([name | some name in used; name in names]) == 0
}

# _names is undefined while some name is not there or not known.
_names(list) := names if {
	names := [item.name | some item in list; lib.known(item.name)]
	count(names) == count(list)
}

# stray_log_mounts are the indexes of the mounts of the log files that refer to a volume which is declared nowhere.
stray_log_mounts contains i if {
	_log_volumes_shown
	not volumes_unknown
	some i, mount in log_list("mounts", "log")
	lib.known(mount.name)
	not volume_names[mount.name]
}

_log_volumes_shown if input.whole

_log_volumes_shown if log_list("volumes", "log")

# What log rules say of volumes and mounts is not said again.
spared contains ["tenant", "logging", kind, key, i] if {
	some [kind, key] in _strays
	some i, _ in log_list(kind, key)
}

spared contains ["tenant", "logging", "mounts", list, 0] if {
	some key, _ in sidecars
	some [_, list, _] in log_streams[key].pairs
	object.get(log_list("mounts", list)[0], "mountPath", "") == ""
}

_strays contains ["mounts", mounted] if some [_, mounted], _ in stray_streams

_strays contains ["mounts", mounted] if {
	some key, lists in lost_log_lists
	some [declared, mounted, _] in log_streams[key].pairs
	["volumes", declared] in lists
}

_strays contains ["volumes", stray.volumes] if some stray in stray_streams

_strays contains [["volumes", "mounts"][_], "log"] if stray_log_mounts[_]
