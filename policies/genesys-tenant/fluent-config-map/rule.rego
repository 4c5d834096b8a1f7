# METADATA
# title: Mount Fluent Bit config maps that exist
# description: >-
#   A sidecar starts only when its config map exists in the namespace of the tenant. tenant-monitor creates
#   tenants-fluent-bit-config and the ones with the suffixes -urs, -ss, -ocs and -cs; any other map has to be made by
#   hand. Only streams whose sidecar is switched on are judged.
# custom:
#   severity: error
#   remediation: >-
#     Correct the name, deploy tenant-monitor to the namespace, or create the config map.
#   facts: [TEN-178, TEN-116]
#   source: {document: Tenant Service Private Edition Guide, section: Logging parameters}
package policies["genesys-tenant"]["fluent-config-map"]

import data.policies["genesys-tenant"].lib as tenant

findings contains {
	"path": path,
	"severity": severity,
	"facts": ["TEN-178"],
	"message": sprintf("config map %q is not one that tenant-monitor creates, and %s; %s", [name, lack, advice(name)]),
} if {
	some path, name in maps
	not name in standard
	[severity, lack] := absence(name)
}

findings contains {
	"path": path,
	"facts": ["TEN-178", "TEN-116"],
	"related": [{"manifest": index, "path": ["metadata", "namespace"], "message": "it is given here"}],
	"message": sprintf("config map %q is in namespace %q, out of reach for the pods in %s; create it there too", [
		name,
		tenant.namespace_of(input.manifests[index]),
		tenant.the_namespace,
	]),
} if {
	tenant.objects_given
	some path, name in maps
	not made(name)
	tenant.missing_severity("ConfigMap", name)
	index := min(tenant.objects_elsewhere("ConfigMap", name))
}

# One line for all streams: whether tenant-monitor is there is one question. Where all releases are listed, the rule
# missing-monitor answers it.
findings contains {
	"path": paths[0],
	"severity": "info",
	"facts": ["TEN-178"],
	"related": [{"path": path, "message": "of tenant-monitor too"} | some path in array.slice(paths, 1, count(paths))],
	"message": sprintf("config map %q is made by tenant-monitor, which is not shown here; %s", [
		maps[paths[0]],
		"lint it together with tenant-monitor to be sure",
	]),
} if {
	tenant.objects_given
	paths := [path |
		some path, name in maps
		name in standard
		not made(name)
		tenant.missing_severity("ConfigMap", name)
		not tenant.objects_elsewhere("ConfigMap", name)
	]
	count(paths) > 0
}

# made says that it is known elsewhere who makes a map.
made(name) if {
	name in standard
	input.fleet_declared == true
}

# The names of config maps by their place.
maps[["tenant", "logging", "volumes", key, i, "configMap", "name"]] := name if {
	some key, volumes in input.expanded.tenant.logging.volumes
	startswith(key, "fluentBconfigmap")
	input.values.images[replace(key, "fluentBconfigmap", "fluentBit")].enable == "true"
	some i, volume in volumes
	object.get(volume.configMap, "optional", false) != true
	name := volume.configMap.name
	is_string(name)
}

standard := {
	"tenants-fluent-bit-config",
	"tenants-fluent-bit-config-urs",
	"tenants-fluent-bit-config-ss",
	"tenants-fluent-bit-config-ocs",
	"tenants-fluent-bit-config-cs",
}

absence(name) := [severity, sprintf("no given manifest makes it in %s", [tenant.the_namespace])] if {
	tenant.objects_given
	severity := tenant.missing_severity("ConfigMap", name)
	not tenant.objects_elsewhere("ConfigMap", name)
}

absence(name) := ["warning", "its name is close to one"] if {
	not tenant.objects_given
	meant(name)
}

meant(name) := concat("", ["tenants-fluent-bit-config", suffix]) if {
	[[_, suffix]] := regex.find_all_string_submatch_n(`^tenants?[-_.]?fluent[-_.]?bit[-_.]?configs?(-[a-z]+)?$`, name, 1)
}

advice(name) := sprintf("did you mean %q?", [meant(name)])

advice(name) := sprintf("create it, or write %q", ["tenants-fluent-bit-config"]) if not meant(name)
