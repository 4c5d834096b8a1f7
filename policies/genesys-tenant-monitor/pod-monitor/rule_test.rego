package policies["genesys-tenant-monitor"]["pod-monitor_test"]

import data.policies["genesys-tenant-monitor"]["pod-monitor"] as rule

fields(endpoints) := {finding.path[3] | some finding in findings} if {
	monitor := {"kind": "PodMonitor", "spec": {"selector": {}, "podMetricsEndpoints": endpoints}}
	findings := rule.findings with input as {"manifests": [monitor]}
}

test_endpoints if {
	every row in [
		[[{"targetPort": 15000}], set()],
		[[{"portNumber": 15000, "path": "/metrics", "scheme": "HTTP", "interval": "0m30s"}], set()],
		[[{"targetPort": 8888}], {"targetPort"}],
		[[{"portNumber": 8888}], {"portNumber"}],
		[[{"port": "metrics"}, {"targetPort": 8888}], set()],
		[[{"targetPort": "metrics"}], set()],
		[[{"targetPort": 15000}, {"targetPort": 2112}], set()],
		[[{"targetPort": 15000, "path": "/"}], {"path"}],
		[[{"targetPort": 15000, "interval": "60s"}], {"interval"}],
		[[{"targetPort": 15000, "interval": "$INTERVAL"}], set()],
	] {
		fields(row[0]) == row[1]
	}
}

test_second_monitor if {
	every labels, expected in {
		{"app": "mine"}: 1,
		{"helm.sh/chart": "tenant-monitor-100.0.1"}: 0,
		{"app.kubernetes.io/managed-by": "Helm"}: 0,
	} {
		findings := rule.findings with input as {
			"values": {"prometheus": {"podMonitor": {"create": "true"}}},
			"manifests": [{
				"kind": "PodMonitor",
				"metadata": {"name": "m", "labels": labels},
				"spec": {"selector": {}, "podMetricsEndpoints": [{"targetPort": 15000}]},
			}],
		}
		count(findings) == expected
	}
}
