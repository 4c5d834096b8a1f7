package policies["genesys-suite"]["product-version_test"]

import data.policies["genesys-suite"]["product-version"] as rule

severities(type, version) := {finding.severity |
	some finding in rule.findings with input as {"context": {"thirdParty": {type: {"version": version}}}}
}

test_versions if {
	severities("redis", "v6.2.7") == set()
	severities("redis", "7.0") == {"warning"}
	severities("consul", "1.13") == set()
	severities("consul", 1) == set()
	severities("consul", "1.15.0") == {"warning"}
	severities("postgresql", 9.6) == {"error"}
	severities("postgresql-gws", "14") == {"warning"}
	severities("mssql", "15.0") == set()
	severities("mssql", "2014") == {"error"}
	severities("opensearch", "1.3") == {"info"}
	severities("opensearch", "2.11") == {"warning"}
	severities("kafka", "latest") == set()
}
