# What the configuration tells of the whole plan.
package policies["genesys-suite"].lib

import data.policies["genesys-suite"].data as tables
import data.policies.lib

gke if platform == "gke"

aks if platform == "aks"

# cluster is what the configuration tells of the cluster, as a mapping.
cluster := input.context.cluster if is_object(input.context.cluster)

# site_of is where a release goes, as far as is known. Releases of different sites have nothing to do with each other.
site_of(member) := concat("/", [
	object.get(member, "unit", ""),
	object.get(member, "cluster", ""),
	object.get(member.release, ["release", "location"], ""),
])

# wave_of is the wave of the deployment order that a service belongs to.
wave_of(member) := tables.deployment_order[told(member.release)].wave if {
	tables.deployment_order[told(member.release)]
} else := tables.deployment_order[member.service].wave

# per_tenant says that a chart is released once per tenant or colour, so that it may be there several times.
per_tenant(chart) if chart in {
	"tenant", "tenant-monitor", "dcu", "lds", "pulse-dcu", "pulse-lds", "init-tenant", "pulse-init-tenant", "permissions",
	"pulse-permissions", "gca", "gim", "ixn", "iwddm-cronjob", "designer", "designer-das", "webrtc-service",
	"ucsx-addtenant", "gws-services", "bds-config", "bds-cronjob",
}

# installed says that the configuration lists a service as running.
installed(key) if {
	some name in input.context.installed
	service_named(name) == key
}

# names writes a set of words for a message.
names(words) := concat(", ", sort(words))

# need begins a message about services: "gauth needs", "gauth and gws need".
need(words) := sprintf("%s needs", [lib.join_words(sort(words), "and")]) if {
	count(words) == 1
} else := sprintf("%s need", [lib.join_words(sort(words), "and")])

# version_text is a version as it is written, also when it is a number.
version_text(value) := value if is_string(value)

version_text(value) := sprintf("%v", [value]) if is_number(value)

# version_numbers are the numbers of a version, at most three: [1, 25, 16].
version_numbers(value) := [to_number(part) |
	some part in regex.find_n(`\d+`, regex.find_n(`^v?\d+(\.\d+)*`, version_text(value), 1)[0], 3)
]
