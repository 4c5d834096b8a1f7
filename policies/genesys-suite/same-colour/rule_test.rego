package policies["genesys-suite"]["same-colour_test"]

import data.policies["genesys-suite"]["same-colour"] as rule

release(name, chart, values) := {
	"packs": ["genesys-suite"], "release": {"name": name, "chart": {"name": chart}}, "values": values, "context": {},
}

facts(releases) := {finding.facts[0] | some finding in rule.findings with input as {"releases": releases}}

tagged(name, chart, tag) := release(name, chart, {"deploymentGlobals": {"deploymentTag": tag}})

designer(name, strategy, colour) := release(name, "designer", {"designer": {"deployment": {
	"strategy": strategy, "color": colour,
}}})

das(name, strategy, colour) := release(name, "designer-das", {"das": {"deployment": {
	"strategy": strategy, "color": colour,
}}})

test_gws if {
	facts([tagged("i", "gws-ingress", "blue"), tagged("s", "gws-services", "green")]) == {"SUI-160"}
	facts([tagged("i", "gws-ingress", "blue"), tagged("s", "gws-services", "blue")]) == set()
	facts([tagged("i", "gws-ingress", "blue")]) == set()
}

test_designer if {
	facts([designer("i", "blue-green-ingress", "blue"), das("s", "blue-green-service", "green")]) == {"SUI-160"}
	facts([designer("i", "blue-green-ingress", "blue"), designer("designer-green", "blue-green", "green")]) == {"SUI-160"}
	facts([designer("i", "blue-green-ingress", "blue"), designer("designer-blue", "blue-green", "blue")]) == set()
}

test_differences if {
	blue := release("x-blue", "designer", {"a": {"b": 1, "color": "blue"}})
	facts([blue, release("x-green", "designer", {"a": {"b": 2, "color": "green"}})]) == {"SUI-161"}
	facts([blue, release("x-green", "designer", {"a": {"b": 1, "color": "green"}})]) == set()
}
