# METADATA
# title: Complete the guide's alert template
# description: >-
#   The template of the guide is no valid PrometheusRule, since rules belong under spec.groups[].rules. Its
#   expression compares with nothing, so it fires whenever there is a metric, its empty selectors match no pod, and
#   without for a single scrape is enough, although the alert is named after five minutes.
# custom:
#   severity: error
#   needs: manifests
#   remediation: >-
#     Write groups, each with a name and rules; compare the metric, such as
#     tenant_service_health_level{namespace="voice",pod=~"t0100-.*"} < 2; and wait with for 5m.
#   facts: [TEN-191]
#   source: {document: Tenant Service Private Edition Guide, section: Alerts}
package policies["genesys-tenant-monitor"]["alert-template"]

import data.policies["genesys-tenant-monitor"].lib as monitor
import data.policies.lib

findings contains {"manifest": index, "path": path, "message": message} if {
	some index, manifest in input.manifests
	manifest.kind == "PrometheusRule"
	some path, message in malformed(manifest.spec)
	contains(json.marshal(manifest.spec), "tenant_")
}

findings contains {
	"manifest": given.index,
	"path": array.concat(given.path, ["expr"]),
	"message": sprintf("alert %q compares with nothing, so it fires for every tenant; append < 2", [given.rule.alert]),
} if {
	some given in monitor.rules
	given.rule.alert
	regex.match(`^[\s(]*(\w+\s*\(\s*)*tenant_service_health_level[\s)]*$`, given.bare)
	not contains(given.bare, "absent")
}

findings contains {
	"manifest": given.index,
	"path": array.concat(given.path, ["expr"]),
	"message": sprintf("empty %s selects no pod; write %s", [
		concat(" and ", {match | some match in empty}),
		concat(" and ", {filled[match[0]] | some match in labels}),
	]),
} if {
	some given in monitor.rules
	empty := regex.find_n(`\b(namespace|pod)\s*=~?\s*""`, given.rule.expr, -1)
	count(empty) > 0
	labels := [regex.find_n(`^\w+`, match, 1) | some match in empty]
}

findings contains {
	"manifest": given.index,
	"path": array.concat(given.path, ["for"]),
	"severity": "warning",
	"message": sprintf("alert %q fires on a single scrape, also while a pod starts; add for: 5m", [given.rule.alert]),
} if {
	some given in monitor.rules
	given.rule.alert
	not lib.present(given.rule, ["for"])
}

filled["pod"] := `pod=~"<release>-.*"`

filled["namespace"] := `namespace="<namespace>"`

malformed(spec) := {["spec"]: "the rules stand directly under spec; write spec: {groups: [{name, rules}]}"} if {
	is_array(spec)
}

malformed(spec) := {["spec", "groups"]: "spec has no groups, so there are no rules; write groups: [{name, rules}]"} if {
	is_object(spec)
	not is_array(object.get(spec, "groups", null))
}

malformed(spec) := object.union(
	{["spec", "groups", i, "name"]: "group has no name; give it one" |
		some i, group in spec.groups
		not lib.present(group, ["name"])
	},
	{["spec", "groups", i, "rules", j, field]: sprintf("rule has no %s; add it", [field]) |
		some i, group in spec.groups
		some j, rule in group.rules
		field := lacking(rule)
	},
) if {
	is_array(spec.groups)
}

lacking(rule) := "expr" if not lib.present(rule, ["expr"])

lacking(rule) := "alert" if {
	lib.present(rule, ["expr"])
	not lib.present(rule, ["alert"])
	not lib.present(rule, ["record"])
}
