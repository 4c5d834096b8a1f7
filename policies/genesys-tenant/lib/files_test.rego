package policies["genesys-tenant"].lib_test

import data.policies["genesys-tenant"].lib

kafka(path, volumes, mounts) := {"tenant": {"secrets": {"kafka": {
	"pwd": {"secretName": path},
	"volumes": volumes,
	"mounts": mounts,
}}}}

kafka_volume := {"name": "kafka", "secret": {"secretName": "kafka-secrets-token"}}

kafka_mount := {"name": "kafka", "mountPath": "/opt/kafka"}

lost(values) := problems if {
	problems := lib.lost_files with input as {"values": values, "expanded": values}
}

why(path, volume, mount) := lost(kafka(path, [volume], [mount]))["tenant.secrets.kafka.pwd"]

test_file_found if {
	every volume in [
		kafka_volume,
		{"name": "kafka", "secret": {"secretName": "own-secret"}},
		{"name": "kafka", "secret": {"secretName": "kafka-$SITE"}},
		{"name": "kafka", "secret": {"secretName": "x", "items": [{"key": "k", "path": "kafka-secrets"}]}},
		{"name": "kafka", "projected": {"sources": []}},
		{"name": "kafka", "csi": {"driver": "secrets-store.csi.k8s.io"}},
		{"name": "$VOLUME", "secret": {"secretName": "x"}},
	] {
		lost(kafka("/opt/kafka/kafka-secrets", [volume], [kafka_mount])) == {}
	}
	sub := {"name": "kafka", "mountPath": "/opt/kafka/file", "subPath": "kafka-secrets"}
	lost(kafka("/opt/kafka/file", [kafka_volume], [sub])) == {}
	lost(kafka("/opt/kafka/kafka-secrets", [kafka_volume], [object.union(kafka_mount, {"name": "$X"})])) == {}
	lost(kafka("/opt/kafka/kafka-secrets", [kafka_volume], [{"name": "kafka", "mountPath": "$PATH"}])) == {}
	lost(kafka("/opt/kafka/kafka-secrets", "$VOLUMES", [kafka_mount])) == {}
	lost(kafka("/opt/$X/kafka-secrets", [], [])) == {}
}

test_file_causes if {
	every cause, entry in {
		"declared nowhere": ["/opt/kafka/kafka-secrets", {"name": "other"}, kafka_mount],
		"is an empty directory": ["/opt/kafka/kafka-secrets", {"name": "kafka", "emptyDir": {}}, kafka_mount],
		"shows a config map": ["/opt/kafka/kafka-secrets", {"name": "kafka", "configMap": {"name": "x"}}, kafka_mount],
		"in secret.name": ["/opt/kafka/kafka-secrets", {"name": "kafka", "secret": {"name": "x"}}, kafka_mount],
		"beside secret": ["/opt/kafka/kafka-secrets", {"name": "kafka", "secret": null, "secretName": "x"}, kafka_mount],
		"folder of a mount": ["/opt/kafka", kafka_volume, kafka_mount],
		"begins alike": ["/opt/kafka-2/kafka-secrets", kafka_volume, kafka_mount],
		"is mounted at": ["/opt/other/kafka-secrets", kafka_volume, kafka_mount],
		"has no mountPath": ["/opt/kafka/kafka-secrets", kafka_volume, {"name": "kafka"}],
		"nothing mounts": ["/opt/kafka/kafka-secrets", kafka_volume, {"name": "other", "mountPath": "/x"}],
		"neither a volume": ["/opt/x/y", {"name": "other"}, {"name": "other", "mountPath": "/x"}],
		`is "kafka-secrets"`: ["/opt/kafka/secrets", kafka_volume, kafka_mount],
		"has no such file": ["/opt/kafka/a/b", {"name": "kafka", "secret": {"secretName": "own"}}, kafka_mount],
		"the volume log": ["/opt/logs/x", kafka_volume, {"name": "log", "mountPath": "/opt/logs"}],
	} {
		[path, volume, mount] := entry
		contains(why(path, volume, mount).cause, cause)
	}
}

test_file_key if {
	sample := why("/opt/kafka/secrets", kafka_volume, kafka_mount)
	[sample.severity, sample.right, sample.about] == ["warning", "/opt/kafka/kafka-secrets", "key"]
	why("/opt/kafka/kafka-secrets-token", kafka_volume, kafka_mount).severity == "error"
	values := kafka("/opt/kafka/secrets", [kafka_volume], [kafka_mount])
	manifest := {"kind": "Secret", "metadata": {"name": "kafka-secrets-token"}}
	given := lib.lost_files with input as {"expanded": values, "manifests": [manifest]}
	given == {}
}

init_values(mounts) := {
	"tenant": {"pgdb": {"dbname": "/opt/v/key"}},
	"volumes": [{"name": "v", "secret": {"secretName": "x"}}],
	"volumeMounts": [{"name": "v", "mountPath": "/opt/v"}],
	"initVolumeMounts": mounts,
}

test_file_in_init_containers if {
	lost(init_values([{"name": "v", "mountPath": "/opt/v"}])) == {}
	forgotten := lost(init_values([]))["tenant.pgdb.dbname"]
	forgotten.containers == ["init"]
	contains(forgotten.do, "{name: v, readOnly: true, mountPath: /opt/v} to initVolumeMounts")
	elsewhere := lost(init_values([{"name": "v", "mountPath": "/opt/w"}]))["tenant.pgdb.dbname"]
	contains(elsewhere.do, "same mountPath")
}

test_file_of_another_values_file if {
	values := {"tenant": {"pgdb": {"dbname": "/opt/v/key"}, "secrets": {"kafka": {"mounts": []}}}}
	lost(values) == {}
	lost({"tenant": {"svcpwdSecretName": "/opt/a/b"}, "volumes": [{"name": "a"}]}) == {}
	count(lost({"tenant": {"svcpwdSecretName": "/opt/a/b"}, "volumeMounts": [{"name": "a", "mountPath": "/a"}]})) == 1
	whole := lib.lost_files with input as {"expanded": values, "whole": true}
	whole["tenant.pgdb.dbname"].containers == ["main", "init"]
}

test_file_spares_what_it_speaks_of if {
	values := kafka("/opt/kafka/kafka-secrets", [{"name": "other"}], [kafka_mount])
	spared := lib.spared with input as {"expanded": values}
	spared == {["tenant", "secrets", "kafka", "mounts", 0], ["tenant", "secrets", "kafka", "volumes", 0]}
}
