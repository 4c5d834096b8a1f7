package policies["genesys-tenant"]["image-version_test"]

import data.policies["genesys-tenant"]["image-version"] as rule

found(images) := findings if {
	findings := rule.findings with input as {"values": {"images": images}}
}

tags(tenant, pgdb) := {"tenant": {"tag": tenant}, "pgdbInit": {"tag": pgdb}}

test_one_version if {
	count(found(tags("100.0.1000076", "100.0.1000076"))) == 0
	count(found(tags("$TAG", "$TAG"))) == 0
	count(found({"pgdbInit": {"tag": "100.0.1000076"}})) == 0
}

test_other_version if {
	[finding] := [f | some f in found(tags("100.0.1000076", "100.0.1000067"))]
	finding.path == ["images", "pgdbInit", "tag"]
	finding.related[0].path == ["images", "tenant", "tag"]
	finding.severity == "error"
}

test_spelling_of_release_notes if {
	findings := found(tags("100.0.100.0076", "100.0.100.0076"))
	count(findings) == 2
	every finding in findings {
		finding.severity == "warning"
		finding.fix.value == "100.0.1000076"
	}
}

test_roles_and_privileges if {
	every tag, want in {"100.0.1000060": "warning", "8.5.001.34": "info", "latest": "warning"} {
		images := {"tenant": {"tag": "100.0.1000076"}, "rcsInit": {"tag": tag, "enable": "true"}}
		[f.severity | some f in found(images)] == [want]
	}
}

test_without_tag if {
	[finding] := [f | some f in found({"pulseInit": {"enable": "true"}})]
	finding.severity == "info"
	[other] := [f | some f in found({"tenant": {"tag": "100.0.1000076"}, "pulseInit": {"enable": "true"}})]
	not other.severity
	count(found({"pulseInit": {"enable": "$PULSE"}})) == 0
	count(found({"pulseInit": {"enable": "true", "tag": null}})) == 0
}
