package policies["genesys-tenant"].lib_test

import data.policies["genesys-tenant"].lib

over(values, manifests) := {"values": values, "expanded": values, "manifests": manifests}

manifest(fields) := object.union({"kind": "Secret", "metadata": {"name": "s"}}, fields)

test_refs_name_what_pods_need if {
	values := {"volumes": [
		{"name": "a", "secret": {"secretName": "a"}},
		{"name": "b", "secret": {"secretName": "b", "optional": true}},
		{"name": "c", "configMap": {"name": "c"}},
		{"name": "d", "projected": {"sources": [{"secret": {"name": "d"}}, {"configMap": {"name": "e", "optional": true}}]}},
		{"name": "f", "emptyDir": {}},
	]}
	{[ref.kind, ref.name] | some ref in lib.object_refs} == {
		["Secret", "a"],
		["ConfigMap", "c"],
		["Secret", "d"],
	} with input as over(values, [])
}

test_refs_of_gws_count_while_it_is_on if {
	volumes := [{"name": "id", "secret": {"secretName": "gauthclientid"}}]
	every enable, expected in {"true": 1, "false": 0} {
		values := {"tenant": {"gws": {"enable": enable}, "secrets": {"gws": {"volumes": volumes}}}}
		count(lib.object_refs) == expected with input as over(values, [])
	}
}

test_file_uses_the_key_of_its_mount if {
	every mount, key in {
		{"mountPath": "/db/"}: "name",
		{"mountPath": "/db/name", "subPath": "inner"}: "inner",
	} {
		values := {"tenant": {
			"pgdb": {"dbname": "/db/name"},
			"secrets": {"pgdb": {
				"volumes": [{"name": "v", "secret": {"secretName": "s"}}],
				"mounts": [object.union(mount, {"name": "v"})],
			}},
		}}
		uses := lib.secret_uses with input as over(values, [])
		uses == {{"name": "s", "key": key, "path": ["tenant", "pgdb", "dbname"], "fact": "TEN-111"}}
	}
}

test_documented_file_without_mount if {
	values := {"tenant": {"svcpwdSecretName": "/opt/genesys/service-user-account/svcpassword"}}
	uses := lib.secret_uses with input as over(values, [])
	{[use.name, use.key, use.fact] | some use in uses} == {["svcuseraccount", "svcpassword", "TEN-113"]}
}

test_variable_uses_its_key if {
	values := {"tenant": {"secrets": {"kafka": {"pwd": {"secretName": "k", "secretKey": "broker"}}}}}
	path := ["tenant", "secrets", "kafka", "pwd", "secretKey"]
	uses := lib.secret_uses with input as over(values, [])
	uses == {{"name": "k", "key": "broker", "path": path, "fact": "TEN-117"}}
}

test_keys if {
	every given, expected in {
		{"data": {"a": ""}, "stringData": {"b": ""}}: {"a", "b"},
		{"kind": "SealedSecret", "spec": {"encryptedData": {"c": ""}}}: {"c"},
		{"kind": "ExternalSecret", "spec": {"data": [{"secretKey": "d"}]}}: {"d"},
		{"data": null}: set(),
	} {
		keys := lib.secret_keys("s") with input as over({}, [manifest(given)])
		{entry.key | some entry in keys} == expected
	}
}

test_open_secret if {
	open := {"kind": "ExternalSecret", "spec": {"dataFrom": []}}
	closed := {"kind": "ExternalSecret", "spec": {"data": []}}
	lib.secret_open("s") with input as over({}, [manifest(open)])
	not lib.secret_open("s") with input as over({}, [manifest(closed)])
}

test_texts if {
	every given, expected in {
		{"data": {"k": "dDAxMDA="}}: {"t0100"},
		{"data": {"k": "dDAxMDA="}, "stringData": {"k": "t0200"}}: {"t0200"},
		{"stringData": {"k": null}}: {""},
		{"stringData": {"k": "$PASSWORD"}}: set(),
		{"stringData": {"k": 5}}: set(),
		{"data": {"k": "t0100"}}: set(),
		{"kind": "SealedSecret", "spec": {"encryptedData": {"k": "x"}}}: set(),
	} {
		texts := lib.secret_texts("s", "k") with input as over({}, [manifest(given)])
		{entry.text | some entry in texts} == expected
	}
}
