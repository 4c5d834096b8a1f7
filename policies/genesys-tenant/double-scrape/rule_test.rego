package policies["genesys-tenant"]["double-scrape_test"]

import data.policies["genesys-tenant"]["double-scrape"] as rule
import data.policies["genesys-tenant"].lib_test as fixture

found(scrape, create) := count(findings) if {
	findings := rule.findings with input as fixture.fleet([
		fixture.release("tenant-monitor", {"location": "west"}, {"prometheus": {"podMonitor": {"create": create}}}),
		fixture.at("t0300", "west", {"tenant": {"podAnnotations": {"prometheus.io/scrape": scrape}}}),
	])
}

test_both if {
	found("true", "true") == 1
	found("false", "true") == 0
	found("true", "false") == 0
}
