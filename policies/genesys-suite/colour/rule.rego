# METADATA
# title: Name one of the two colours
# description: >-
#   Blue/green keeps two environments, blue and green. Another colour is an environment that no switch leads to. The
#   tag of GWS and the colour of GAuth are free labels, though blue and green is what the examples use. A release
#   that is named after a colour has that colour.
# custom:
#   severity: error
#   remediation: Write blue or green, as the name of the release says.
#   facts: [SUI-159]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Blue/Green strategy}
package policies["genesys-suite"].colour

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"path": path, "severity": severity, "message": message} if {
	suite.service_or_foreign
	some [path, severity] in [
		[["deployment", "color"], "error"], [["designer", "deployment", "color"], "error"],
		[["das", "deployment", "color"], "error"], [["deploymentGlobals", "deploymentTag"], "warning"],
		[["COLOR"], "warning"],
	]
	colour := object.get(input.values, path, "")
	is_string(colour)
	lib.known(colour)
	not colour in {"", "blue", "green"}
	message := sprintf("colour %s is neither blue nor green; write one of them", [lib.quote(colour)])
}

findings contains {"path": path, "message": message} if {
	some path in [
		["deployment", "color"], ["designer", "deployment", "color"], ["das", "deployment", "color"],
		["deploymentGlobals", "deploymentTag"],
	]
	suite.service
	colour := object.get(input.values, path, "")
	colour in {"blue", "green"}
	[other, _] := named[_]
	other != colour
	message := sprintf("colour is %s, and the release is named %s; make them agree", [colour, input.release.name])
}

findings contains {"path": [], "holds": true, "message": message} if {
	[other, _] := named[_]
	input.context.color in {"blue", "green"}
	input.context.color != other
	message := sprintf("the configuration gives release %s the colour %s; make them agree", [
		input.release.name, input.context.color,
	])
}

findings contains {"path": path, "severity": "warning", "message": message} if {
	input.whole
	some parent in [["designer", "deployment"], ["das", "deployment"]]
	object.get(input.values, array.concat(parent, ["strategy"]), "") == "blue-green"
	object.get(input.values, array.concat(parent, ["color"]), "") == ""
	path := array.concat(parent, ["color"])
	message := "strategy blue-green deploys one colour, and none is given; add color: blue or color: green"
}

# named holds the colour that the name of the release ends in.
named contains [colour, true] if {
	some colour in ["blue", "green"]
	endswith(input.release.name, sprintf("-%s", [colour]))
}
