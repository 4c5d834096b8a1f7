package policies["genesys-tenant"]["backend-port_test"]

import data.policies["genesys-tenant"]["backend-port"] as rule

found(name, key, value) := count(findings) if {
	manifest := {"kind": "Secret", "metadata": {"name": name}, "stringData": {key: value}}
	findings := rule.findings with input as {"values": {}, "expanded": {}, "manifests": [manifest]}
}

test_kafka if {
	every value, expected in {
		`{"bootstrap":"kafka:9093"}`: 0,
		`{"bootstrap":"kafka"}`: 0,
		`{"bootstrap":"kafka:9092, kafka:2181"}`: 1,
		`{"bootstrap":5}`: 0,
		`kafka:2181`: 0,
	} {
		found("kafka-secrets-token", "kafka-secrets", value) == expected
	}
}

test_redis if {
	every value, expected in {
		"redis-tenant:6379": 0,
		"redis-tenant:6380": 1,
		"redis://user:pw@redis.infra:6380/0": 1,
		"a.b:6379,c.d:7000": 1,
		"s3cret:4711": 0,
		`{"password":"x"}`: 0,
		"": 0,
	} {
		found("redis-tenant-token", "redis-tenant-stream", value) == expected
	}
}
