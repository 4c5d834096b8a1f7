package policies["genesys-suite"]["release-name_test"]

import data.policies["genesys-suite"]["release-name"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_names if {
	found({
		"context": {},
		"releases": [
			{
				"context": {},
				"packs": ["genesys-suite"],
				"release": {"chart": {"name": "gim"}, "namespace": "gim", "name": "gim"},
				"values": {},
			},
			{
				"context": {},
				"packs": ["genesys-suite"],
				"release": {"chart": {"name": "gim"}, "namespace": "gim", "name": "gim-t2"},
				"values": {},
			},
		],
	}) == 0
	found({
		"context": {},
		"releases": [
			{
				"context": {},
				"packs": ["genesys-suite"],
				"release": {"chart": {"name": "gim"}, "namespace": "gim", "name": "gim"},
				"values": {},
			},
			{
				"context": {},
				"packs": ["genesys-suite"],
				"release": {"chart": {"name": "gim"}, "namespace": "gim", "name": "gim"},
				"values": {},
			},
		],
	}) == 1
}

test_names_more if {
	found({
		"context": {},
		"releases": [
			{
				"context": {"unit": "a"},
				"packs": ["genesys-suite"],
				"release": {"chart": {"name": "gim"}, "namespace": "gim", "name": "gim"},
				"values": {},
			},
			{
				"context": {"unit": "b"},
				"packs": ["genesys-suite"],
				"release": {"chart": {"name": "gim"}, "namespace": "gim", "name": "gim"},
				"values": {},
			},
		],
	}) == 0
	found({
		"context": {},
		"releases": [
			{
				"context": {},
				"packs": ["genesys-suite"],
				"release": {"chart": {"name": "gim"}},
				"values": {},
			},
			{
				"context": {},
				"packs": ["genesys-suite"],
				"release": {"chart": {"name": "gim"}},
				"values": {},
			},
		],
	}) == 0
}
