package policies["genesys-suite"]["one-instance_test"]

import data.policies["genesys-suite"]["one-instance"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_copies if {
	found({
		"context": {},
		"releases": [
			{
				"context": {"cluster": "c1"},
				"packs": ["genesys-suite"],
				"release": {"chart": {"name": "gauth"}, "namespace": "gauth"},
				"values": {},
			},
			{
				"context": {"cluster": "c1"},
				"packs": ["genesys-suite"],
				"release": {"chart": {"name": "gauth"}, "namespace": "gauth-test"},
				"values": {},
			},
		],
	}) == 1
	found({
		"context": {},
		"releases": [
			{
				"context": {},
				"packs": ["genesys-suite"],
				"release": {"chart": {"name": "gauth"}, "namespace": "gauth"},
				"values": {},
			},
			{
				"context": {},
				"packs": ["genesys-suite"],
				"release": {"chart": {"name": "gauth"}, "namespace": "gauth-test"},
				"values": {},
			},
		],
	}) == 0
	found({
		"context": {},
		"releases": [
			{
				"context": {"cluster": "c1"},
				"packs": ["genesys-suite"],
				"release": {"chart": {"name": "gim"}, "namespace": "gim"},
				"values": {},
			},
			{
				"context": {"cluster": "c1"},
				"packs": ["genesys-suite"],
				"release": {"chart": {"name": "gim"}, "namespace": "gim2"},
				"values": {},
			},
		],
	}) == 0
}

test_environments if {
	found({
		"context": {},
		"releases": [
			{
				"context": {"cluster": "c1", "environment": "test", "service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
			{
				"context": {"cluster": "c1", "environment": "production", "service": "gws"},
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
				"context": {"cluster": "c1", "environment": "test", "service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
			{
				"context": {"cluster": "c2", "environment": "production", "service": "gws"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
		],
	}) == 0
}
