package policies["genesys-tenant"]["service-account-manifest_test"]

import data.policies["genesys-tenant"]["service-account-manifest"] as rule

uuid := "9350e2fc-a1dd-4c65-8d40-1f75a2e00100"

service := concat("-", ["tenant", uuid])

found(account, metadata) := count(findings) if {
	findings := rule.findings with input as {
		"values": {"tenantid": uuid, "serviceAccount": account},
		"release": {"name": "t0100", "namespace": "voice"},
		"manifests": [{"kind": "ServiceAccount", "metadata": metadata}],
	}
}

labels := {"app.kubernetes.io/instance": "t0100"}

test_name_of_the_manifest if {
	found({}, {"name": "t0100", "labels": labels}) == 1
	found({}, {"name": "t0100", "annotations": {"meta.helm.sh/release-name": "t0100"}}) == 1
	found({}, {"name": service, "labels": labels}) == 0
	found({}, {"name": "voice-config"}) == 0
	found({}, {"name": "t0100", "labels": labels, "namespace": "infra"}) == 0
}

test_values_already_speak_of_the_name if found({"name": "t0100"}, {"name": "t0100", "labels": labels}) == 0

test_account_has_to_exist if {
	found({"create": false, "name": service}, {"name": "other"}) == 1
	found({"create": false, "name": service}, {"name": service}) == 0
	found({"create": true, "name": service}, {"name": "other"}) == 0
	found({"create": false}, {"name": "other"}) == 0
}
