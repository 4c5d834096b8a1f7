# METADATA
# title: Switch on the forwarding of logs and what it forwards
# description: >-
#   fluent.enable makes the shared configuration of the log sidecars, rawlogs and jsonlogs tell which logs it forwards.
#   One without the other has no effect: the sidecars miss their config map, or forward nothing.
# custom:
#   severity: error
#   remediation: "Write fluent.enable: \"true\", and enable: \"true\" below rawlogs.stdout or jsonlogs.stdout."
#   facts: [TEN-139]
#   source: {document: Tenant Service Private Edition Guide, section: tenant-monitor}
package policies["genesys-tenant-monitor"]["fluent-switch"]

fluent := input.values.fluent

findings contains {
	"path": ["fluent", "enable"],
	"related": related,
	"message": "fluent.enable is \"false\", so nothing is forwarded although a log is selected; write \"true\"",
} if {
	fluent.enable == "false"
	count(on) > 0
}

findings contains {
	"path": ["fluent", "enable"],
	"severity": "info",
	"related": related,
	"message": "fluent.enable is not set, and the chart may have it off, so that nothing is forwarded; write \"true\"",
} if {
	input.whole
	object.get(fluent, "enable", "absent") == "absent"
	count(on) > 0
}

findings contains {
	"path": ["fluent", "enable"],
	"severity": "warning",
	"message": "fluent.enable is \"true\", but no log is selected; switch on rawlogs.stdout or jsonlogs.stdout",
} if {
	fluent.enable == "true"
	every kind in ["jsonlogs", "rawlogs"] {
		off(kind)
	}
}

on := [kind | some kind in ["jsonlogs", "rawlogs"]; fluent[kind].stdout.enable == "true"]

related := [{"path": ["fluent", kind, "stdout", "enable"], "message": "selected here"} | some kind in on]

off(kind) if fluent[kind].stdout.enable == "false"

# A switch at another level is reported by itself.
off(kind) if {
	not fluent[kind]
	not input.values[kind]
}
