package policies["usage-engine"]["pull-secret-registry_test"]

import data.policies["usage-engine"]["pull-secret-registry"] as rule

found(old, new) := result if {
	result := [finding.path | some finding in rule.findings] with input as object.union(
		{"previous": old},
		new,
	)
}

values(registry, secret) := {"values": {
	"global": {"imageRegistry": registry, "imagePullSecrets": [{"name": secret}]},
}}

test_registry if {
	found(values("a.example.com", "x"), values("b.example.com/uepe", "x")) == [["global", "imageRegistry"]]
	found(values("a.example.com", "x"), values("b.example.com", "y")) == []
	found(values("a.example.com", "x"), values("a.example.com", "x")) == []
	found({"values": {}}, values("b.example.com", "x")) == []
}

object_of(image) := {"manifests": [{"spec": {"containers": [{"image": image}]}}], "values": {}}

test_manifests if found(object_of("a.example.com/p:1"), object_of("b.example.com/p:1")) == [[]]
