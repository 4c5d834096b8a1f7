package policies["usage-engine"]["release-chart_test"]

import data.policies["usage-engine"]["release-chart"] as rule

found(chart) := result if {
	result := count(rule.findings) with input as {"context": {"release": {"chart": chart}}}
}

test_charts if {
	found("usage-engine-private-edition-4.0.0") == 0
	found("usage-engine-private-edition") == 1
	found("ingress-nginx-4.10.0") == 1
}
