package policies["genesys-suite"]["shared-database_test"]

import data.policies["genesys-suite"]["shared-database"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_pairs if {
	found({
		"context": {},
		"releases": [
			{
				"context": {"database": {"host": "pg", "name": "a"}, "service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
			{
				"context": {"database": {"host": "pg", "name": "b"}, "service": "ges"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
		],
	}) == 0
	found({
		"context": {},
		"releases": [
			{
				"context": {"database": {"host": "PG:5432", "name": "a"}, "service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
			{
				"context": {"database": {"host": "pg", "name": "a"}, "service": "ges"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
		],
	}) == 1
	found({
		"context": {},
		"releases": [
			{
				"context": {"database": {"host": "pg", "name": "a"}, "unit": "a", "service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
			{
				"context": {"database": {"host": "pg", "name": "a"}, "unit": "b", "service": "ges"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
		],
	}) == 0
}

test_literals if {
	found({
		"context": {},
		"releases": [
			{
				"context": {"service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {"postgres": {"host": "$H", "db": "a"}},
			},
			{
				"context": {"service": "iwd"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {"postgres": {"host": "$H", "db": "a"}},
			},
		],
	}) == 0
	found({
		"context": {},
		"releases": [
			{
				"context": {"service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {"postgres": {"host": "h", "db": "/opt/db"}},
			},
			{
				"context": {"service": "iwd"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {"postgres": {"host": "h", "db": "/opt/db"}},
			},
		],
	}) == 0
}
