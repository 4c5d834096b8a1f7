# What of a spec counts when two are compared.
package policies.k0rdent.lib

import data.policies.lib

# compared is a spec that is equal to another exactly when the API server takes them for equal: the entries of a chain
# have no order, and writing out a default of a template is no change.
compared(thing) := json.patch(_spec(thing), [{
	"op": "replace",
	"path": "supportedTemplates",
	"value": {entry | some entry in thing.spec.supportedTemplates},
}]) if {
	chain_kinds[thing.kind]
	is_array(thing.spec.supportedTemplates)
} else := with_defaults(_spec(thing))

_spec(thing) := lib.get(thing, ["spec"], {})

# with_defaults fills in what schema and webhook fill in for a template.
with_defaults(spec) := filled if {
	chart := {key: value |
		some key in ["chart"]
		is_object(spec.helm.chartSpec)
		value := object.union(_chart_defaults, _even(spec.helm.chartSpec))
	}
	sources := {key: value |
		some key in ["kustomize", "resources"]
		is_object(spec[key])
		value := object.union({"deploymentType": "Remote"}, spec[key])
	}
	inner := {"chartSpec": value | some _, value in chart}
	helm := {"helm": object.union(spec.helm, inner) | count(inner) > 0}
	filled := object.union(object.union(spec, sources), helm)
}

_chart_defaults := {
	"version": "*",
	"interval": "10m",
	"sourceRef": {"kind": "HelmRepository", "name": "kcm-templates"},
	"reconcileStrategy": "ChartVersion",
}

# The same time may be written in two ways.
_even(chart) := object.union(
	chart,
	{"interval": regex.replace(regex.replace(chart.interval, `m0s$`, "m"), `h0m$`, "h")},
) if {
	is_string(chart.interval)
} else := chart
