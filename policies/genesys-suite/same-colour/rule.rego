# METADATA
# title: Give the parts of a service one colour
# description: >-
#   The ingress of GWS leads to the services of its tag, and Designer to the application server of the active
#   colour. A colour that no release has leads nowhere. Both colours of a service differ in version and colour only,
#   so that the old one is a fallback.
# custom:
#   severity: error
#   needs: fleet
#   remediation: Give both the same colour, or release the missing one.
#   facts: [SUI-160, SUI-161]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Blue/Green strategy}
package policies["genesys-suite"]["same-colour"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains finding if {
	some ingress in of_chart("gws-ingress")
	tag := ingress.release.values.deploymentGlobals.deploymentTag
	lib.known(tag)
	others := [[other.index, value] |
		some other in of_chart("gws-services")
		value := other.release.values.deploymentGlobals.deploymentTag
	]
	count(others) > 0
	not tag in [value | some [_, value] in others]
	finding := {
		"release": ingress.index, "path": ["deploymentGlobals", "deploymentTag"], "facts": ["SUI-160"],
		"message": sprintf("the ingress leads to tag %s, and gws-services has %s; write that", [
			tag, concat(", ", [value | some [_, value] in others]),
		]),
		"related": [{"release": i, "path": ["deploymentGlobals", "deploymentTag"], "message": "the tag of the services"} |
			some [i, _] in others
		],
	}
}

findings contains finding if {
	some [a, designer, colour] in coloured("designer", "designer", "blue-green-ingress")
	some [_, das, other] in coloured("designer-das", "das", "blue-green-service")
	colour != other
	finding := {
		"release": designer, "path": a, "severity": "warning", "facts": ["SUI-160"],
		"message": sprintf("Designer is switched to %s and its application server to %s; switch both", [colour, other]),
		"related": [{"release": das, "path": ["das", "deployment", "color"], "message": "the other switch"}],
	}
}

findings contains finding if {
	some [chart, root, word] in [
		["designer", "designer", "blue-green-ingress"], ["designer-das", "das", "blue-green-service"],
	]
	some [path, index, colour] in coloured(chart, root, word)
	colours := {other | some [_, _, other] in coloured(chart, root, "blue-green")}
	count(colours) > 0
	not colour in colours
	finding := {
		"release": index, "path": path, "facts": ["SUI-160"],
		"message": sprintf("traffic is switched to %s, and only %s is released; write that, or release %s", [
			colour, concat(", ", sort(colours)), colour,
		]),
	}
}

# What differs between the two colours beside version and colour.
findings contains finding if {
	some blue in suite.members
	endswith(blue.release.release.name, "-blue")
	some green in suite.members
	green.release.release.name == concat("", [trim_suffix(blue.release.release.name, "blue"), "green"])
	object.get(blue.release.release, "location", "") == object.get(green.release.release, "location", "")
	differing := sort([path |
		some path, value in leaves(blue.release.values)
		object.get(leaves(green.release.values), path, null) != value
	])
	count(differing) > 0
	finding := {
		"release": blue.index, "path": split(differing[0], "/"), "severity": "warning", "facts": ["SUI-161"],
		"message": sprintf("differs from %s beside version and colour (%s); make both the same, so that one can stand in", [
			green.release.release.name, replace(concat(", ", array.slice(differing, 0, 3)), "/", "."),
		]),
		"related": [{"release": green.index, "path": split(differing[0], "/"), "message": "the other colour"}],
	}
}

of_chart(name) := [member | some member in suite.members; member.chart == name]

coloured(chart, root, strategy) := {[[root, "deployment", "color"], member.index, deployment.color] |
	some member in of_chart(chart)
	deployment := member.release.values[root].deployment
	deployment.strategy == strategy
	lib.known(deployment.color)
}

# leaves are the scalar settings of mappings, without those that tell the colours apart.
leaves(values) := {concat("/", path): value |
	walk(values, [path, value])
	not is_object(value)
	not is_array(value)
	every step in path { is_string(step) }
	not regex.match(`(?i)(colou?r|tag|version)$`, path[count(path) - 1])
	lib.known(value)
}
