# METADATA
# title: Run versions of products that the guide supports
# description: >-
#   The guide names the version of each product: Kafka 2, Redis 6, Consul 1.13, Elasticsearch 7, PostgreSQL 11, SQL
#   Server 2016 or later, KEDA 2. Whether newer ones work is not said, so that they are warned about only.
# custom:
#   severity: warning
#   needs: fleet, context
#   context: [thirdParty]
#   remediation: Plan the version that the message names.
#   facts: [SUI-084, SUI-085, SUI-086, SUI-087, SUI-088, SUI-089, SUI-090]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Third-party dependencies}
package policies["genesys-suite"]["product-version"]

import data.policies["genesys-suite"].lib as suite

findings contains {
	"context": true,
	"path": ["thirdParty", entry.name, "version"],
	"severity": severity,
	"facts": [fact],
	"message": message,
} if {
	some entry in suite.listed
	numbers := suite.version_numbers(entry.product.version)
	[severity, fact, wanted] := problem(entry.type, numbers)
	message := sprintf("version %v of %s is not the one of the guide; plan %s", [
		entry.product.version, entry.name, wanted,
	])
}

problem("kafka", numbers) := ["warning", "SUI-084", "Kafka 2.x"] if numbers[0] != 2

problem("keda", numbers) := ["warning", "SUI-085", "KEDA 2.0 or later, whose API is another one"] if numbers[0] < 2

problem("redis", numbers) := ["warning", "SUI-086", "Redis 6.x"] if numbers[0] != 6

problem("consul", numbers) := ["warning", "SUI-087", "Consul 1.13.x"] if {
	array.slice(array.concat(numbers, [13]), 0, 2) != [1, 13]
}

problem("elasticsearch", numbers) := ["warning", "SUI-088", "Elasticsearch 7.x"] if numbers[0] != 7

problem("opensearch", numbers) := [
	"info",
	"SUI-088",
	"Elasticsearch 7.x, or stay with OpenSearch 1.x at your risk",
] if {
	numbers[0] == 1
} else := ["warning", "SUI-088", "Elasticsearch 7.x or OpenSearch 1.x"]

# Only a year tells; 15.0 is the number within.
problem("mssql", numbers) := ["error", "SUI-089", "SQL Server 2016 or later"] if {
	numbers[0] > 1990
	numbers[0] < 2016
}

problem("postgresql", numbers) := ["error", "SUI-090", "PostgreSQL 11.x"] if {
	numbers[0] < 11
} else := ["warning", "SUI-090", "PostgreSQL 11.x"] if numbers[0] > 11
