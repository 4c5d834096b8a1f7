package policies["genesys-tenant"]["missing-object_test"]

import data.policies["genesys-tenant"]["missing-object"] as rule

found(name, more) := findings if {
	values := {"volumes": [{"name": "v", "secret": {"secretName": name}}]}
	base := {"values": values, "expanded": values, "manifests": [], "release": {"namespace": "voice"}}
	findings := rule.findings with input as object.union(base, more)
}

complete := {"manifests_complete": true}

test_facts if {
	every name, facts in {
		"svcuseraccount": ["TEN-113"],
		"kafka-secrets-token": ["TEN-038", "TEN-117"],
		"of-my-own": ["TEN-116"],
	} {
		some finding in found(name, complete)
		finding.facts == facts
	}
}

test_advice if {
	every name, advice in {
		"kafka-secrets-token": "; the Voice deployment makes it: deploy Voice before the tenant",
		"of-my-own": "; run kubectl create secret generic of-my-own -n voice",
	} {
		some finding in found(name, complete)
		endswith(finding.message, advice)
	}
}

test_only_beside_manifests if {
	count(found("of-my-own", {})) == 0
	{finding.severity | some finding in found("of-my-own", {"manifests": [{"kind": "Service"}]})} == {"info"}
}

test_other_namespace if {
	some finding in found("x", {"manifests": [{"kind": "Secret", "metadata": {"name": "x", "namespace": "infra"}}]})
	finding.severity == "error"
	finding.related == [{"manifest": 0, "path": ["metadata", "namespace"], "message": "it is given here"}]
}
