# METADATA
# title: Restore the share from your own recovery point
# description: >-
#   The share is restored into itself with --restore-mode originallocation and --resolve-conflict overwrite, from a
#   recovery point that az backup recoverypoint list shows. 68988215529834 is the recovery point of the example.
# custom:
#   severity: warning
#   remediation: >-
#     Give --rp-name, --restore-mode and --resolve-conflict, with the name of your own recovery point.
#   facts: [UEP-061]
#   needs: commands
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Restore File System Snapshot}
package policies["usage-engine"]["restore-command"]

import data.policies["usage-engine"].lib as usage

findings contains {"command": i, "message": message} if {
	some i, command in restores
	not command.open
	missing := [concat("", ["--", name]) |
		some name in ["rp-name", "restore-mode", "resolve-conflict"]
		not usage.has_flag(command, aliases[name])
	]
	count(missing) > 0
	message := sprintf("command lacks %s, which say what to restore, where, and what to overwrite; add them", [
		concat(" and ", missing),
	])
}

findings contains object.union(usage.value_place(i, flag), {"severity": "error", "message": message}) if {
	some i, command in restores
	some flag in command.flags
	flag.name in aliases["rp-name"]
	flag.value == "68988215529834"
	message := "68988215529834 is the recovery point of the guide's example; take one of az backup recoverypoint list"
}

findings contains object.union(usage.value_place(i, flag), {"severity": "info", "message": message}) if {
	some i, command in restores
	flag := usage.flag(command, "restore-mode")
	lower(flag.value) != "originallocation"
	message := sprintf("mode %q restores to another share, so the platform has to be pointed to it afterwards", [
		flag.value,
	])
}

aliases := {
	"rp-name": {"rp-name", "r"},
	"restore-mode": {"restore-mode"},
	"resolve-conflict": {"resolve-conflict"},
}

restores[i] := command if {
	some i, command in input.commands
	usage.runs(command, "az", "backup restore restore-azurefileshare")
}
