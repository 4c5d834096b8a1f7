# The alert rules and pod monitors among the manifests, as far as they are about the tenant.
package policies["genesys-tenant-monitor"].lib

import data.policies.lib

# rules are the entries of the given PrometheusRule objects that are about a tenant metric: {index, path, rule, bare}.
# The rules of the guide's template, which stand directly under spec, are among them.
rules contains {"index": index, "path": array.concat(["spec"], path), "rule": rule, "bare": text} if {
	some index, manifest in input.manifests
	manifest.kind == "PrometheusRule"
	some path, rule in _entries(manifest.spec)
	lib.known(rule.expr)
	text := bare(rule.expr)
	regex.match(`\btenant_\w`, text)
}

_entries(spec) := {["groups", i, "rules", j]: rule |
	some i, group in spec.groups
	some j, rule in group.rules
} if {
	is_object(spec)
}

_entries(spec) := {[i]: rule | some i, rule in spec} if is_array(spec)

# bare returns a PromQL expression without strings, comments, label matchers, groupings and ranges, so that what is
# left can be compared with a pattern.
bare(expr) := regex.replace(
	regex.replace(
		regex.replace(expr, `"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\x60[^\x60]*\x60`, ""),
		`#[^\n]*|\{[^{}]*\}|\[[^\[\]]*\]|\boffset\s+-?\w+|@\s*[\w.]+(?:\s*\(\s*\))?`,
		" ",
	),
	`\b(?:by|without|on|ignoring|group_left|group_right)\b\s*(?:\([^()]*\))?`,
	" ",
)

# pod_monitors are the indexes of the given PodMonitors that select the tenant pods. Which labels those have is not
# documented, so a label has to say tenant; a selector without labels takes every pod.
pod_monitors contains index if {
	some index, manifest in input.manifests
	manifest.kind == "PodMonitor"
	_reaches(manifest)
	selects_tenant(lib.get(manifest, ["spec", "selector"], {}))
}

selects_tenant(selector) if selector in [{}, {"matchLabels": {}}]

selects_tenant(selector) if says_tenant(selector)

# says_tenant says that the labels of a selector name the tenant.
says_tenant(selector) if {
	some value in selector.matchLabels
	regex.match(`(^|-)tenant(-|$)`, value)
	not startswith(value, "tenant-monitor")
}

# A monitor looks at its own namespace unless namespaceSelector names others.
_reaches(manifest) if manifest.spec.namespaceSelector.any == true

_reaches(manifest) if input.release.namespace in manifest.spec.namespaceSelector.matchNames

_reaches(manifest) if {
	not lib.present(manifest, ["spec", "namespaceSelector", "matchNames"])
	in_namespace(manifest)
}

_reaches(_) if not input.release.namespace

# in_namespace says that an object is in the namespace of the release, as far as that is known. An object without a
# namespace goes where the release goes.
in_namespace(manifest) if lib.get(manifest, ["metadata", "namespace"], "") == ""

in_namespace(manifest) if manifest.metadata.namespace == input.release.namespace

in_namespace(manifest) if not lib.known(manifest.metadata.namespace)

in_namespace(_) if not input.release.namespace

# annotated_pods says that a given StatefulSet has its pods scraped by an annotation.
annotated_pods if {
	some manifest in input.manifests
	manifest.kind == "StatefulSet"
	manifest.spec.template.metadata.annotations["prometheus.io/scrape"] == "true"
}
