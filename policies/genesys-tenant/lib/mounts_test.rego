package policies["genesys-tenant"].lib_test

import data.policies["genesys-tenant"].lib

in_pod(values) := {"values": values, "expanded": values}

pod := in_pod({
	"tenant": {
		"secrets": {
			"pgdb": {
				"volumes": [{"name": "dbname", "secret": {"secretName": "dbname"}}],
				"mounts": [{"name": "dbname", "mountPath": "/opt/genesys//dbname/"}],
			},
			"redis": {
				"configPwd": {"volumes": [{"name": "config", "csi": {}}], "mounts": [{"name": "config", "mountPath": "/c"}]},
				"mounts": [{"name": "high", "mountPath": "/h"}],
			},
		},
		"logging": {
			"volumes": {"logPvc": {"enabled": "false"}, "log": [{"name": "log"}], "jsonLog": [{"name": "json", "emptyDir": {}}]},
			"mounts": {
				"log": [{"name": "log", "mountPath": "/logs"}],
				"fbJsonLog": [{"name": "json", "mountPath": "/mnt/logs"}],
				"fluentBconfigmap": [{"name": "map", "mountPath": "/fluent-bit/etc/"}],
			},
		},
		"volumes": [{"name": "below", "configMap": {"name": "x"}}],
	},
	"volumes": [{"name": "root", "secret": {"name": "wrong"}}, "no mapping"],
	"initVolumeMounts": [{"name": "root", "mountPath": "/r"}],
})

test_mount_volumes_of_all_lists if {
	volumes := lib.volumes with input as pod
	{volume.name: volume.source | some volume in volumes} == {
		"dbname": "secret",
		"config": "open",
		"log": "lost",
		"json": "lost",
		"below": "lost",
		"root": "lost",
	}
	[volume.path | some volume in volumes; volume.name == "below"] == [["tenant", "volumes", 0]]
}

test_mount_containers if {
	mounts := lib.mounts with input as pod
	{mount.name: mount.containers | some mount in mounts; mount.at != "/mnt/logs"} == {
		"dbname": ["main", "init"],
		"config": ["main"],
		"high": ["main"],
		"log": ["main"],
		"map": ["json"],
		"root": ["init"],
	}
	[mount.at | some mount in mounts; mount.name == "dbname"] == ["/opt/genesys/dbname"]
}

test_mount_log_volume if {
	names := lib.volume_names with input as pod
	"log" in names
	by_default := lib.volume_names with input as in_pod({"tenant": {}})
	by_default == {"log"}
	other := {"log": [{"name": "logs"}]}
	overridden := lib.volume_names with input as in_pod({"tenant": {"logging": {"volumes": other}}})
	overridden == {"logs"}
	claim := object.union(other, {"logPvc": {"enabled": "true"}})
	claimed := lib.volume_names with input as in_pod({"tenant": {"logging": {"volumes": claim}}})
	claimed == {"log", "logs"}
}

test_mount_below if {
	lib.below({"at": "/a", "item": {"mountPath": "/a"}}, "/a/b/c") == "b/c"
	lib.below({"at": "/a/b", "item": {"mountPath": "/a/b", "subPath": "key"}}, "/a/b") == "key"
	lib.below({"at": "", "item": {"mountPath": "/"}}, "/a") == "a"
	not lib.below({"at": "/a", "item": {"mountPath": "/a"}}, "/ab/c")
	not lib.below({"at": "/a", "item": {"mountPath": "/a"}}, "/a")
	not lib.below({"at": "/a", "item": {"mountPath": "/a", "subPath": "key"}}, "/a/key")
	not lib.below({"at": "", "item": {}}, "/a")
}

test_mount_clean_path if {
	lib.clean_path("/a//b/") == "/a/b"
	lib.clean_path("/") == ""
	lib.clean_path("a/b") == "a/b"
}

test_mount_unknown if {
	lib.volumes_unknown with input as in_pod({"volumes": "$VOLUMES"})
	lib.volumes_unknown with input as in_pod({"volumes": [{"name": "a-$SID"}]})
	not lib.volumes_unknown with input as pod
	hidden := lib.mounts_unknown with input as in_pod({"initVolumeMounts": "{{ .Values.mounts }}"})
	hidden == {"init"}
	shown := lib.mounts_unknown with input as pod
	shown == set()
}

test_mount_lists_that_are_mappings if {
	values := {"volumes": {"logPvc": {}}, "tenant": {"volumes": {"mounts": []}, "secrets": {"kafka": "text"}}}
	lists := lib.volume_lists with input as in_pod(values)
	lists == []
}
