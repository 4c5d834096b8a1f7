package policies["genesys-tenant"]["redis-port_test"]

import data.policies["genesys-tenant"]["redis-port"] as rule

test_direct_value if {
	every value, expected in {"redis.infra:6380": 1, "redis.infra:6379": 0, "$REDIS:6380": 0} {
		findings := rule.findings with input as {"values": {"tenant": {"secrets": {"redis": {"streamPwd": value}}}}}
		count(findings) == expected
		every finding in findings {
			not contains(finding.message, "infra")
		}
	}
}
