# METADATA
# title: Switch Designer back through its ingress release
# description: >-
#   A blue/green rollback of Designer is an upgrade of the release designer-ingress with the strategy blue-green-
#   ingress and the colour to go back to. The strategy blue-green would deploy Designer anew. Services that others
#   need are not removed, and of GWS and GCXI the parts in front go first.
# custom:
#   severity: warning
#   needs: commands
#   remediation: Write the command as the message says.
#   facts: [SUI-164, SUI-167]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Rollback; Uninstall}
package policies["genesys-suite"]["switch-command"]

findings contains {"command": i, "word": set.word, "facts": ["SUI-164"], "message": message} if {
	some i, command in switches
	some set in command.sets
	set.path == ["designer", "deployment", "strategy"]
	is_string(set.value)
	set.value != "blue-green-ingress"
	message := sprintf(
		"strategy %s deploys Designer instead of switching its ingress; write blue-green-ingress",
		[set.value],
	)
}

findings contains {"command": i, "word": 0, "facts": ["SUI-164"], "message": message} if {
	some i, command in switches
	paths := [set.path | some set in command.sets]
	["designer", "deployment", "strategy"] in paths
	not ["designer", "deployment", "color"] in paths
	message := "the switch names no colour; add --set designer.deployment.color=blue or green"
}

findings contains {"command": i, "word": 0, "facts": ["SUI-167"], "message": message} if {
	some i, command in removals
	stem(command.release.name) in {"gauth", "consul"}
	not everything
	message := sprintf("%s is removed, and every later service needs it; remove those first", [command.release.name])
}

findings contains {"command": i, "word": 0, "facts": ["SUI-167"], "message": message} if {
	some i, command in removals
	some [back, front] in [["gws-services", "gws-ingress"], ["gcxi", "gcxi-raa"]]
	stem(command.release.name) == back
	count([j | some j, other in removals; j < i; stem(other.release.name) == front]) == 0
	message := sprintf("%s is removed while %s may still need it; remove %s first", [back, front, front])
}

switches[i] := command if {
	some i, command in input.commands
	command.release.name == "designer-ingress"
	command.verb in {"upgrade", "install"}
}

removals[i] := command if {
	some i, command in input.commands
	command.verb == "uninstall"
}

# A script that takes many services away takes down the whole platform.
everything if count(removals) > 5

stem(name) := regex.replace(name, `-(blue|green)$`, "")
