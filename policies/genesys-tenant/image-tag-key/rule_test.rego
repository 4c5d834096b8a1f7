package policies["genesys-tenant"]["image-tag-key_test"]

import data.policies["genesys-tenant"]["image-tag-key"] as rule

tags(tenant, pgdb, pulse) := {"images": {
	"tenant": {"tag": tenant},
	"pgdbInit": {"tag": pgdb},
	"pulseInit": {"tag": pulse},
}}

found(values, set) := findings if {
	findings := rule.findings with input as {
		"values": values,
		"layers": [{"kind": "file", "values": values}, {"kind": "set", "values": set}],
	}
}

test_release_name if {
	[finding] := [f | some f in found({"t0100": {"image": {"tag": "100.0.1000076"}}}, {})]
	finding.path == ["t0100", "image", "tag"]
	contains(finding.message, "t0100.image.tag is no key of this chart; set images.tenant.tag to 100.0.1000076")
}

# The schema reports these as misplaced.
test_usual_spellings if {
	every key in ["tenant", "image", "images", "voice"] {
		count(found({key: {"image": {"tag": "100.0.1000076"}}}, {})) == 0
	}
}

test_only_the_main_tag if {
	[finding] := [f | some f in found(tags("76", "67", "67"), {"images": {"tenant": {"tag": "76"}}})]
	finding.layer == 1
	contains(finding.message, "images.pgdbInit.tag and images.pulseInit.tag")
}

test_all_tags if {
	count(found(tags("76", "76", "76"), {"images": {"tenant": {"tag": "76"}}})) == 0
	count(found({"images": {"tenant": {"tag": "76"}}}, {"images": {"tenant": {"tag": "76"}}})) == 0
	count(found(tags("76", "67", "67"), {})) == 0
}
