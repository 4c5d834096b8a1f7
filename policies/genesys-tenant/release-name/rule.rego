# METADATA
# title: Name the release and its values file after the tenant
# description: >-
#   The release name is the nickname of the tenant, and the names of its pods and services. The documents suggest t and
#   the short id, which is the end of tenantid, such as t0100 or voice-t0100. The name of another tenant tells that
#   values or command were copied. Helm takes lower-case letters, digits and hyphens, up to 53 characters. A file that
#   is called after tenant-monitor is expected to hold the values of that chart.
# custom:
#   severity: warning
#   remediation: Call the release t and the last four characters of tenantid, with or without voice- before it.
#   facts: [TEN-045, TEN-121, TEN-122, TEN-134]
#   source: {document: Tenant Service Private Edition Guide, section: Single region/location/cluster}
package policies["genesys-tenant"]["release-name"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {
	"path": [],
	"severity": "error",
	"facts": ["TEN-045", "TEN-121"],
	"holds": true,
	"message": message,
} if {
	not valid
	lib.known(name)
	message := sprintf("release name %q is refused by Helm; use lower-case letters, digits and hyphens, 53 at most%s", [
		name,
		suggestion,
	])
}

findings contains {"path": [], "facts": ["TEN-121"], "holds": true, "message": message} if {
	valid
	contains(name, ".")
	message := sprintf("release name %q has a dot, which names of pods and services cannot have; write t%s or %s", [
		name,
		object.get({"sid": sid}, "sid", "0100"),
		"another name without one",
	])
}

findings contains {"path": ["tenantid"], "severity": verdict[0], "facts": ["TEN-122"], "message": verdict[1]} if {
	valid
	not name in {sprintf("t%s", [sid]), sprintf("voice-t%s", [sid])}
}

findings contains object.union(finding, {"severity": "info", "facts": ["TEN-134"], "message": message}) if {
	finding := {"path": ["tenantid"], "holds": true}
	input.values.tenantid
	some layer in input.layers
	layer.kind == "file"
	layer.values.tenantid
	regex.match(`(^|/)tenant-monitor[^/]*-values\.ya?ml$`, layer.name)
	message := sprintf("values file %q is named for tenant-monitor, but holds values of tenant; rename it", [layer.name])
}

name := input.release.name if {
	tenant.own_release
	input.release.name != ""
}

valid if {
	regex.match(`^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$`, name)
	count(name) <= 53
}

sid := lower(tenant.short_id)

# part is what stands for the short id in the name.
part := regex.find_all_string_submatch_n(`^(?:voice-)?t([0-9a-f]{1,4})$`, name, 1)[0][1]

verdict := ["info", message] if {
	part == trim_left(sid, "0")
	message := sprintf("release name %q drops the leading zeros of the short id %q; write t%s, as the documents do", [
		name,
		sid,
		sid,
	])
} else := ["warning", message] if {
	part
	message := sprintf("release name %q is that of another tenant, as tenantid ends in %q; write t%s", [
		name,
		sid,
		sid,
	])
} else := ["warning", message] if {
	regex.match(`^(voice-)?[0-9a-f]{4}$`, name)
	message := sprintf("release name %q lacks the t before the short id; write t%s or voice-t%s", [
		name,
		sid,
		sid,
	])
} else := ["info", message] if {
	message := sprintf(
		"release name %q does not tell the tenant; write t%s or voice-t%s, as the documents suggest",
		[name, sid, sid],
	)
}

default suggestion := ""

suggestion := sprintf(", such as t%s", [sid])
