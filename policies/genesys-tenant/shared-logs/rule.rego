# METADATA
# title: Switch on in tenant-monitor what the sidecars of tenants read
# description: >-
#   tenant-monitor makes the config maps of the Fluent Bit sidecars if fluent.enable is "true": that of the JSON sidecar
#   with fluent.jsonlogs.stdout.enable, those of the others with fluent.rawlogs.stdout.enable. A sidecar whose map is
#   not made keeps the pod from starting.
# custom:
#   severity: error
#   needs: fleet
#   remediation: Write "true" for the switch in the values of tenant-monitor, or switch the sidecars off.
#   facts: [TEN-076, TEN-140]
#   source: {document: Tenant Service Private Edition Guide, section: Logging parameters; tenant-monitor}
package policies["genesys-tenant"]["shared-logs"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

# uses are what sidecars need of tenant-monitor: [[monitor, kind of logs], tenant, key of the sidecar].
uses := [[[monitor, kind_of(key)], i, key] |
	some i, keys in tenant.sidecars_of
	some monitor in tenant.monitors_of[tenant.fleet[i].room]
	some key in keys
]

kind_of(key) := "jsonlogs" if key == "fluentBit"

kind_of(key) := "rawlogs" if key != "fluentBit"

# first_uses are the first of each kind.
first_uses := {group[0][0]: array.slice(group[0], 1, 3) | some group in tenant.groups(uses)}

# first_user is where a tenant switches the first sidecar on that needs a release of tenant-monitor.
first_user := {monitor: min(all) |
	some monitor in {m | some [m, _], _ in first_uses}
	all := {first_uses[[monitor, kind]] | some kind in ["jsonlogs", "rawlogs"]}
}

main_switch := ["fluent", "enable"]

findings contains {
	"release": monitor,
	"path": main_switch,
	"facts": ["TEN-076"],
	"related": [sidecar(use)],
	"message": sprintf("fluent.enable is \"false\", but tenant %s runs a sidecar that needs it; write \"true\"", [
		tenant.fleet[use[0]].label,
	]),
} if {
	some monitor, use in first_user
	tenant.value_of(monitor, main_switch) in {"false", false}
}

findings contains {
	"release": monitor,
	"path": main_switch,
	"severity": "info",
	"facts": ["TEN-076"],
	"related": [sidecar(use)],
	"message": sprintf("fluent.enable is not set, and tenant %s runs a sidecar; the guide sets it to \"true\"", [
		tenant.fleet[use[0]].label,
	]),
} if {
	some monitor, use in first_user
	tenant.value_of(monitor, main_switch) == ""
	count([key | some [m, key], _ in off; m == monitor]) == 0
}

findings contains {
	"release": monitor,
	"path": ["fluent", kind, "stdout", "enable"],
	"severity": "warning",
	"facts": ["TEN-140"],
	"related": [sidecar(use)],
	"message": sprintf("fluent.%s.stdout.enable is %s, but tenant %s runs images.%s, which needs it; write \"true\"", [
		kind,
		state,
		tenant.fleet[use[0]].label,
		use[1],
	]),
} if {
	some [monitor, kind], state in off
	use := first_uses[[monitor, kind]]
	not tenant.value_of(monitor, main_switch) in {"false", false}
}

# off are the switches that tenants need and that are not on, with what they are.
off := {[monitor, kind]: state |
	some [monitor, kind], _ in first_uses
	value := tenant.value_of(monitor, ["fluent", kind, "stdout", "enable"])
	lib.known(value)
	not value in {"true", true}
	state := state_of(value)
}

state_of("") := "not set"

state_of(value) := lib.quote(value) if value != ""

sidecar([i, key]) := {"release": i, "path": ["images", key, "enable"], "message": "the sidecar is switched on here"}
