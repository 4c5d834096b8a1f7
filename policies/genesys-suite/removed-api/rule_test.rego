package policies["genesys-suite"]["removed-api_test"]

import data.policies["genesys-suite"]["removed-api"] as rule

severities(version, kind) := {finding.severity |
	some finding in rule.findings with input as {
		"manifests": [{"apiVersion": version, "kind": kind, "metadata": {"name": "x"}}],
	}
}

test_versions if {
	severities("policy/v1beta1", "PodDisruptionBudget") == {"error"}
	severities("policy/v1beta1", "PodSecurityPolicy") == set()
	severities("policy/v1", "PodDisruptionBudget") == set()
	severities("autoscaling/v2beta2", "HorizontalPodAutoscaler") == {"warning"}
	severities("rbac.authorization.k8s.io/v1beta1", "Role") == {"error"}
}
