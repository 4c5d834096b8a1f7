package policies["genesys-tenant"]["floating-tag_test"]

import data.policies["genesys-tenant"]["floating-tag"] as rule

test_only_latest if {
	images := {"tenant": {"tag": "Latest"}, "pgdbInit": {"tag": "1.2.3"}, "registry": "r", "pulseInit": {"tag": 1}}
	rule.findings == {{
		"path": ["images", "tenant", "tag"],
		"message": `images.tenant.tag is "Latest", another image tomorrow; write the version`,
	}} with input as {"values": {"images": images}}
}
