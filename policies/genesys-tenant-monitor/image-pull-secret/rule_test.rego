package policies["genesys-tenant-monitor"]["image-pull-secret_test"]

import data.policies["genesys-tenant-monitor"]["image-pull-secret"] as rule

found(manifests, complete) := {object.get(finding, "severity", "error") | some finding in findings} if {
	findings := rule.findings with input as {
		"values": {"global": {"imagePullSecrets": "pull"}},
		"release": {"namespace": "voice"},
		"manifests": manifests,
		"manifests_complete": complete,
	}
}

secret(name, namespace, type) := {
	"kind": "Secret",
	"type": type,
	"metadata": {"name": name, "namespace": namespace},
}

docker := "kubernetes.io/dockerconfigjson"

test_secret if {
	found([secret("pull", "voice", docker)], true) == set()
	found([secret("pull", "voice", "kubernetes.io/dockercfg")], true) == set()
	found([secret("pull", "voice", "Opaque")], true) == {"error"}
	found([secret("pull", "voice", "$TYPE")], true) == set()
	found([{"kind": "ExternalSecret", "metadata": {"name": "pull"}}], true) == set()
}

test_missing if {
	found([], true) == {"error"}
	found([secret("pull", "infra", docker)], true) == {"error"}
	found([secret("other", "voice", docker)], false) == {"warning"}
	found([], false) == set()
}
