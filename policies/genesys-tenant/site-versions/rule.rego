# METADATA
# title: Upgrade a tenant at every location
# description: >-
#   An upgrade moves image tags and chart version in the values of every location of a tenant, not of the master alone.
#   While locations are upgraded one after the other, those that are behind are named here.
# custom:
#   severity: warning
#   needs: fleet
#   remediation: Set the tags and the chart version of the other locations here, too.
#   facts: [TEN-008]
#   source: {document: "Upgrade, roll back, or uninstall Tenant Service", section: Multiple regions/locations/clusters}
package policies["genesys-tenant"]["site-versions"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

# stated is a version that a location of a tenant states, and where: of the chart, or of an image. Placeholders are not
# compared.
stated(i, "chart") := {"text": version, "path": []} if {
	version := input.releases[i].release.chart.version
	lib.known(version)
}

stated(i, image) := {"text": tag, "path": path} if {
	image != "chart"
	path := ["images", image, "tag"]
	tag := object.get(input.releases[i].values, path, "")
	is_string(tag)
	tag != ""
	lib.known(tag)
}

parts := ["tenant", "pgdbInit", "rcsInit", "pulseInit", "chart"]

# behind are the parts in which a release is behind another location of its tenant: [release, order, part, location].
behind := [[i, order, part, newest] |
	some site in tenant.tenant_sites
	some order, part in parts
	all := {j: found | some j in site; found := stated(j, part)}
	newest := max_of(all)
	some i, found in all
	tenant.version_less(found.text, all[newest].text)
]

max_of(all) := min([i |
	some i, found in all
	count([j | some j, other in all; tenant.version_less(found.text, other.text)]) == 0
])

findings contains {
	"release": i,
	"path": here.path,
	"related": [{"release": newest, "path": stated(newest, part).path, "message": "the version there"}],
	"message": sprintf("location %q is behind%s: %s %s, but %s at %q; %s", [
		tenant.fleet[i].location,
		others(parts_behind),
		names[part],
		lib.quote(here.text),
		lib.quote(stated(newest, part).text),
		tenant.fleet[newest].location,
		advice(i, newest),
	]),
} if {
	some parts_behind in tenant.groups(behind)
	[i, _, part, newest] := parts_behind[0]
	here := stated(i, part)
}

names := {
	"tenant": "images.tenant.tag is",
	"pgdbInit": "images.pgdbInit.tag is",
	"rcsInit": "images.rcsInit.tag is",
	"pulseInit": "images.pulseInit.tag is",
	"chart": "the chart is",
}

others(list) := "" if count(list) == 1

others(list) := sprintf(" in %d versions", [count(list)]) if count(list) > 1

# In an upgrade a location that did not move with the others was forgotten.
advice(i, newest) := "this upgrade forgot it" if {
	moved(newest)
	not moved(i)
} else := "upgrade it, too"

moved(i) if {
	some part in parts
	part != "chart"
	path := ["images", part, "tag"]
	object.get(input.releases[i].previous.values, path, "") != object.get(input.releases[i].values, path, "")
}

moved(i) if input.releases[i].previous.release.chart.version != input.releases[i].release.chart.version
