package policies["genesys-tenant"]["supported-version_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["supported-version"] as rule

tag(version) := {"images": {"tenant": {"tag": version}}}

found(before, after, versions) := [f.message | some f in findings] if {
	findings := rule.findings with input as object.union(
		fixture.upgrade(tag(before), tag(after)),
		{"context": {"versions": versions}},
	)
}

test_versions if {
	found("1.0", "1.2", ["1.0", "1.1", "1.2"]) == []
	[installed] := found("1.0", "1.3", ["1.0", "1.1", "1.2", "1.3"])
	contains(installed, "go over") == false
	[far] := found("1.0", "1.4", ["1.0", "1.1", "1.2", "1.3", "1.4"])
	contains(far, "go over 1.3 first")
	[target] := found("1.0", "1.1", ["1.0", "1.1", "1.2", "1.3", "1.4"])
	startswith(target, "version \"1.1\" is 3 releases behind 1.4")
	found("1.0", "$TAG", ["1.0", "1.1", "1.2"]) == []
}
