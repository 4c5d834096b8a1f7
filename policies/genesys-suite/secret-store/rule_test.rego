package policies["genesys-suite"]["secret-store_test"]

import data.policies["genesys-suite"]["secret-store"] as rule

severities(values) := {object.get(finding, "severity", "error") |
	some finding in rule.findings with input as {"values": values}
}

test_switches if {
	severities({"secret": {"keyVaultSecret": true}}) == {"error"}
	severities({"secret": {"keyVaultSecret": false}}) == set()
	severities({"services": {"secrets": {"useSecretProviderClass": "true"}}}) == {"error"}
	severities({"secrets": {"consulACL": {"general": {"mode": "csi"}}}}) == {"error"}
	severities({"secrets": {"consulACL": {"general": {"mode": "k8s | csi"}}}}) == {"warning"}
	severities({"secrets": {"consulACL": {"general": {"mode": "k8s"}}}}) == set()
	severities({"gateway": {"secrets": {"type": "csi"}}}) == {"error"}
}

test_objects if {
	pod := {"volumes": [{"csi": {"driver": "secrets-store.csi.k8s.io"}}]}
	findings := rule.findings with input as {"manifests": [
		{"kind": "SecretProviderClass", "metadata": {"name": "x", "namespace": "gauth"}},
		{"kind": "Deployment", "metadata": {"name": "x", "namespace": "gauth"}, "spec": {"template": {"spec": pod}}},
	]}
	count(findings) == 2
}
