package policies["genesys-suite"].colour_test

import data.policies["genesys-suite"].colour as rule

count_for(values, more) := count(findings) if {
	findings := rule.findings with input as object.union({"values": values}, more)
}

test_words if {
	count_for({"deployment": {"color": "red"}}, {}) == 1
	count_for({"deployment": {"color": "green"}}, {}) == 0
	count_for({"deployment": {"color": ""}}, {}) == 0
	count_for({"deploymentGlobals": {"deploymentTag": "live"}}, {}) == 1
	count_for({"deployment": {"color": "red"}}, {"release": {"chart": {"name": "nginx"}}}) == 0
}

test_release if {
	blue := {"designer": {"deployment": {"color": "blue"}}}
	count_for(blue, {"release": {"name": "designer-green"}}) == 1
	count_for(blue, {"release": {"name": "designer-blue"}}) == 0
	count_for({}, {"release": {"name": "designer-green"}, "context": {"color": "blue"}}) == 1
}

test_missing if {
	count_for({"designer": {"deployment": {"strategy": "blue-green"}}}, {"whole": true}) == 1
	count_for({"designer": {"deployment": {"strategy": "blue-green"}}}, {}) == 0
}
