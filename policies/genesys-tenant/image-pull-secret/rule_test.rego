package policies["genesys-tenant"]["image-pull-secret_test"]

import data.policies["genesys-tenant"]["image-pull-secret"] as rule

found(fields) := findings if {
	manifest := object.union({"kind": "Secret", "metadata": {"name": "pull"}}, fields)
	findings := rule.findings with input as {"values": {"images": {"imagePullSecrets": "pull"}}, "manifests": [manifest]}
}

test_types if {
	every row in [
		[{}, ["type"]],
		[{"type": "Opaque"}, ["type"]],
		[{"type": "kubernetes.io/dockercfg"}, ["data"]],
		[{"type": "kubernetes.io/dockerconfigjson", "data": {".dockercfg": "e30="}}, ["data"]],
		[
			{"type": "kubernetes.io/dockerconfigjson", "data": {".dockerconfigjson": "eA=="}},
			["data", ".dockerconfigjson"],
		],
	] {
		some finding in found(row[0])
		finding.path == row[1]
	}
}

test_quiet if {
	every fields in [
		{"type": "kubernetes.io/dockercfg", "data": {".dockercfg": "e30="}},
		{"type": "kubernetes.io/dockerconfigjson", "stringData": {".dockerconfigjson": "$CONFIG"}},
		{"type": "$TYPE"},
		{"kind": "ExternalSecret"},
	] {
		count(found(fields)) == 0
	}
}
