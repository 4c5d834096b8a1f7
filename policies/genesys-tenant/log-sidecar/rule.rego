# METADATA
# title: Give each log sidecar a name and a version
# description: >-
#   A sidecar that is switched on is a container of the pod, so its name must not be taken, and it needs a tag. All of
#   them use the image images.fbregistry and are meant to have one version; without it the chart's own registry is used,
#   which a closed cluster may not reach. Dashboards and alerts look for the documented names.
# custom:
#   severity: error
#   remediation: "Write entries such as fluentBit: {enable: \"true\", name: json-sidecar, tag: 1.9.5}."
#   facts: [TEN-170, TEN-171, TEN-172]
#   source: {document: Tenant Service Private Edition Guide, section: Samples and references}
package policies["genesys-tenant"]["log-sidecar"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {
	"path": ["images", key, field],
	"facts": [fact],
	"related": [{"path": ["images", key, "enable"], "message": "it is switched on here"}],
	"message": sprintf("images.%s is switched on, but has no %s; write %q", [key, field, proposal]),
} if {
	input.whole
	some key, sidecar in tenant.sidecars
	some [field, fact, proposal] in [["name", "TEN-171", tenant.log_streams[key].sidecar], ["tag", "TEN-172", "1.9.5"]]
	object.get(sidecar, field, "absent") == "absent"
}

findings contains {
	"path": ["images", key, "name"],
	"facts": ["TEN-171"],
	"holds": true,
	"related": [{"path": ["images", others[0], "name"], "message": "the other container"}],
	"message": sprintf("sidecar name %q is taken by images.%s; write %q", [
		name,
		others[0],
		tenant.log_streams[key].sidecar,
	]),
} if {
	some name, twins in named
	some key in blamed(name, twins)
	others := [twin | some twin in twins; twin != key]
}

findings contains {
	"path": ["images", key, "name"],
	"severity": "info",
	"facts": ["TEN-171"],
	"message": sprintf("sidecar name %q is not the documented one; write %q", [name, tenant.log_streams[key].sidecar]),
} if {
	some name, [key] in named
	name != tenant.log_streams[key].sidecar
}

findings contains {
	"path": ["images", key, "tag"],
	"severity": "warning",
	"facts": ["TEN-172"],
	"related": [{"path": ["images", first, "tag"], "message": "another version"}],
	"message": sprintf("sidecar runs Fluent Bit %q, but images.%s runs %q; use one version", [tag, first, tagged[first]]),
} if {
	first := min(object.keys(tagged))
	some key, tag in tagged
	tag != tagged[first]
}

findings contains {
	"path": ["images", "fbregistry"],
	"severity": "info",
	"facts": ["TEN-170"],
	"message": sprintf("fbregistry is not set, so log sidecars come from the chart's registry; name yours, such as %s", [
		"registry.example.com/fluent/fluent-bit",
	]),
} if {
	input.whole
	count(tenant.sidecars) > 0
	object.get(input.values.images, "fbregistry", "absent") == "absent"
}

# The keys of the sidecars by their name.
named[name] := [key | some key, other in tenant.sidecars; other.name == name] if {
	some sidecar in tenant.sidecars
	name := sidecar.name
}

tagged[key] := sidecar.tag if {
	some key, sidecar in tenant.sidecars
	is_string(sidecar.tag)
	lib.known(sidecar.tag)
}

# blamed are the sidecars that do not have their documented name; if that is none of them or all, not the first.
blamed(name, twins) := strays if {
	strays := [key | some key in twins; name != tenant.log_streams[key].sidecar]
	count(strays) in numbers.range(1, count(twins) - 1)
} else := array.slice(twins, 1, count(twins))
