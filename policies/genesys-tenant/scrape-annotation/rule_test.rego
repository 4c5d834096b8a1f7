package policies["genesys-tenant"]["scrape-annotation_test"]

import data.policies["genesys-tenant"]["scrape-annotation"] as rule

found(annotations) := count(findings) if {
	findings := rule.findings with input as {"values": {"podAnnotations": annotations}}
}

test_annotations if {
	found({"prometheus.io/port": "9090"}) == 1
	found({"prometheus.io/port": 15000}) == 0
	found({"prometheus.io/port": "$PORT"}) == 0
	found({}) == 0
}
