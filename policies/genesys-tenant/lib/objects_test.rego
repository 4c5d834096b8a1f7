package policies["genesys-tenant"].lib_test

import data.policies["genesys-tenant"].lib

secret(name, namespace) := {"kind": "Secret", "metadata": {"name": name, "namespace": namespace}}

beside(manifests, more) := object.union({"manifests": manifests, "release": {"namespace": "voice"}}, more)

test_objects_given if {
	not lib.objects_given with input as {}
	not lib.objects_given with input as {"manifests": []}
	not lib.objects_given with input as {"manifests": [], "manifests_complete": false}
	lib.objects_given with input as {"manifests": [], "manifests_complete": true}
	lib.objects_given with input as {"manifests": [{"kind": "Secret"}]}
}

test_in_reach if {
	release := {"release": {"namespace": "voice"}}
	lib.in_reach(secret("a", "voice")) with input as release
	lib.in_reach(secret("a", "$NAMESPACE")) with input as release
	lib.in_reach({"kind": "Secret", "metadata": {"name": "a"}}) with input as release
	lib.in_reach({"kind": "Secret", "metadata": null}) with input as release
	not lib.in_reach(secret("a", "infra")) with input as release
}

test_in_reach_of_unknown_namespace if {
	lib.in_reach(secret("a", "infra")) with input as {"release": {}}
	lib.in_reach(secret("a", "infra")) with input as {"release": {"namespace": "$NAMESPACE"}}
	not lib.in_reach(secret("a", "default")) with input as {"release": {}}
}

test_objects_of_the_release if {
	manifests := [secret("a", "infra"), secret("a", "voice"), secret("b", "infra"), null, {"kind": 5}]
	lib.objects("Secret", "a") == {1} with input as beside(manifests, {})
	lib.objects_elsewhere("Secret", "a") == {0} with input as beside(manifests, {})
	lib.object_names("Secret") == {"a"} with input as beside(manifests, {})
	not lib.objects("ConfigMap", "a") with input as beside(manifests, {})
	lib.object_names("ConfigMap") == set() with input as beside(manifests, {})
}

test_what_operators_make if {
	manifests := [
		{"kind": "ExternalSecret", "metadata": {"name": "a"}},
		{"kind": "ExternalSecret", "metadata": {"name": "x"}, "spec": {"target": {"name": "b"}}},
		{"kind": "SealedSecret", "metadata": {"name": "y"}, "spec": {"template": {"metadata": {"name": "c"}}}},
		{"kind": "SealedSecret", "metadata": {"name": "d"}, "spec": {}},
	]
	lib.object_names("Secret") == {"a", "b", "c", "d"} with input as beside(manifests, {})
}

test_missing_severity if {
	every expected, given in {
		"error": beside([secret("a", "infra")], {}),
		"warning": beside([secret("b", "voice")], {}),
		"info": beside([{"kind": "StorageClass", "metadata": {"name": "b"}}], {}),
	} {
		lib.missing_severity("Secret", "a") == expected with input as given
	}
	lib.missing_severity("Secret", "a") == "error" with input as beside([], {"manifests_complete": true})
	not lib.missing_severity("Secret", "a") with input as beside([secret("a", "voice")], {})
}

test_placeholder_may_be_the_name if {
	manifests := [secret("dbname-t${TENANT_SID}", "voice")]
	not lib.missing_severity("Secret", "dbname-t0100") with input as beside(manifests, {})
	lib.missing_severity("Secret", "dbuser-t0100") == "warning" with input as beside(manifests, {})
}
