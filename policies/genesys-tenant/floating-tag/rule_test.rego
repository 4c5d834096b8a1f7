package policies["genesys-tenant"]["floating-tag_test"]

import data.policies["genesys-tenant"]["floating-tag"] as rule

test_only_latest if {
	images := {"tenant": {"tag": "Latest"}, "pgdbInit": {"tag": "1.2.3"}, "registry": "r", "pulseInit": {"tag": 1}}
	rule.findings == {{
		"path": ["images", "tenant", "tag"],
		"message": `images.tenant.tag is "Latest", which names another image tomorrow; write the version that you install`,
	}} with input as {"values": {"images": images}}
}

test_said_by_image_version if {
	found("100.0.1000076") == set()
	count(found("$TAG")) == 1
	count(found("latest")) == 2
}

found(tag) := findings if {
	images := {"tenant": {"tag": tag}, "pulseInit": {"enable": "true", "tag": "latest"}}
	findings := rule.findings with input as {"values": {"images": images}}
}
