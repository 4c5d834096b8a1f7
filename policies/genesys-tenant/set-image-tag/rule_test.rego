package policies["genesys-tenant"]["set-image-tag_test"]

import data.policies["genesys-tenant"]["set-image-tag"] as rule

found(sets, values) := count(findings) if {
	command := {"verb": "upgrade", "release": {"name": "t0100"}, "sets": sets}
	findings := rule.findings with input as {"commands": [command], "values": values}
}

set_tag(image, value) := {"flag": "set", "word": 5, "path": ["images", image, "tag"], "value": value}

test_wrong_key if {
	every path in [["image", "tag"], ["tenant", "image", "tag"], ["t0100", "image", "tag"]] {
		found([{"flag": "set", "word": 5, "path": path, "value": "1.0"}], {}) == 1
	}
}

test_all_tags if {
	found([set_tag("tenant", "1.0"), set_tag("pgdbInit", "1.0"), set_tag("pulseInit", "1.0")], {}) == 0
	found([set_tag("tenant", "1.0"), set_tag("pgdbInit", "1.1"), set_tag("pulseInit", "1.0")], {}) == 1
	found([set_tag("tenant", "1.0")], {}) == 1
	found([set_tag("pgdbInit", "1.0")], {}) == 0
}

test_tags_of_the_values if {
	values := {"images": {"pgdbInit": {"tag": "1.0"}, "pulseInit": {"tag": "$TAG"}}}
	found([set_tag("tenant", "1.0")], values) == 0
	found([set_tag("tenant", "1.1")], values) == 1
	found([set_tag("tenant", "1.0"), set_tag("pgdbInit", "1.0")], {"images": {"pulseInit": {"enable": "false"}}}) == 0
}

test_variables if {
	variable := {"flag": "set", "word": 5, "path": ["images", "tenant", "tag"]}
	found([variable], {}) == 1
	found([variable, set_tag("pgdbInit", "1.0"), object.remove(set_tag("pulseInit", ""), ["value"])], {}) == 0
}
