package policies["genesys-suite"].replicas_test

import data.policies["genesys-suite"].replicas as rule

severities(chart, values) := {object.get(finding, "severity", "warning") |
	some finding in rule.findings with input as {
		"release": {"chart": {"name": chart}}, "values": values, "context": {"environment": "production"},
	}
}

test_scaled_out if {
	severities("voice-agent", {"deployment": {"replicaCount": 1}, "hpa": {"enabled": true}}) == {"warning"}
	severities("voice-agent", {"deployment": {"replicaCount": 2}}) == {"info"}
	severities("ges", {"ges": {"deployment": {"replicas": 2}}}) == {"warning"}
	severities("ges", {"ges": {"deployment": {"replicas": 1, "hpa": {"enabled": true, "mimimumReplicas": 3}}}}) == set()
	severities("voice-agent", {"deployment": {"replicaCount": 3}}) == set()
	severities("voice-agent", {"deployment": {"replicaCount": 0}}) == set()
	severities("redis", {"replicaCount": 1}) == set()
}

test_lab if {
	some finding in rule.findings with input as {"values": {"replicaCount": 1}}
	finding.severity == "info"
	rule.findings == set() with input as {"values": {"replicaCount": 2}}
}

test_singleton if {
	severities("gvp-configserver", {"replicaCount": 3}) == {"error"}
	severities("gvp-mcp", {"replicaCount": 2}) == {"warning"}
	severities("gvp-mcp", {"replicaCount": 2, "hpa": {"enabled": true, "maxReplicas": 4}}) == {"warning"}
	severities("gim", {"replicaCount": 2}) == {"info"}
	severities("gvp-rs", {"deployment": {"replicaCount": 1}}) == set()
}

test_active_active if {
	severities("gvp-rm", {"deployment": {"replicaCount": 1}}) == {"warning"}
	severities("gvp-rm", {"deployment": {"replicaCount": 2}}) == set()
	severities("designer", {"designer": {"deployment": {"replicaCount": 1}}}) == {"warning"}
	severities("designer", {"designer": {"deployment": {"replicaCount": 3}}}) == set()
}
