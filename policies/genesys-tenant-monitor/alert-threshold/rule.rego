# METADATA
# title: Compare the health level with a threshold that catches failures
# description: >-
#   tenant_service_health_level is -1 for failed, 0 for starting, 1 for degraded and 2 for pass. Only 2 is fully
#   functional. A comparison that holds for 2 fires for healthy tenants, one that holds for none never does, and
#   == 0 misses the failed ones. The given alerts are judged together, so that one may be for degraded tenants and
#   another for failed ones. Expressions that do more than compare the metric are not judged.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: Compare with < 2.
#   facts: [TEN-190]
#   source: {document: Tenant Service Private Edition Guide, section: Metrics}
package policies["genesys-tenant-monitor"]["alert-threshold"]

import data.policies["genesys-tenant-monitor"].lib as monitor
import data.policies.lib

levels := {-1: "failed", 0: "starting", 1: "degraded", 2: "pass"}

findings contains {
	"manifest": alert.index,
	"path": alert.path,
	"severity": severity,
	"message": sprintf("health level goes from -1 (failed) to 2 (pass), so %q %s; write < 2", [
		alert.condition,
		effect,
	]),
} if {
	some alert in alerts
	[severity, effect] := wrong(alert.caught)
}

findings contains {
	"manifest": first.index,
	"path": first.path,
	"severity": severity,
	"related": [{"manifest": alert.index, "path": alert.path, "message": "does not catch it either"} |
		some alert in array.slice(sort(alerts), 1, count(alerts))
	],
	"message": sprintf("%q does not fire at health level %s, nor does another given alert; write < 2", [
		first.condition,
		lib.join_words([sprintf("%d (%s)", [level, levels[level]]) | some level in missed], "or"),
	]),
} if {
	first := sort(alerts)[0]
	count(alerts) == count({[given.index, given.path] |
		some given in monitor.rules
		given.rule.alert
		contains(given.bare, "tenant_service_health_level")
	})
	every alert in alerts {
		not wrong(alert.caught)
	}
	missed := {-1, 0, 1} - union({alert.caught | some alert in alerts})
	severity := {true: "info", false: "warning"}[missed == {1}]
	count(missed) > 0
}

# The alerts that compare the metric, or its largest or smallest value, with numbers: {index, path, condition, caught}.
alerts contains {
	"index": given.index,
	"path": array.concat(given.path, ["expr"]),
	"condition": concat(" or ", [sprintf("%s %s", [term[1], term[2]]) | some term in terms]),
	"caught": {level |
		some level, _ in levels
		some term in terms
		compares(term[1], level, to_number(term[2]))
	},
} if {
	some given in monitor.rules
	given.rule.alert
	parts := regex.split(`\bor\b`, given.bare)
	terms := [term |
		some part in parts
		[term] := regex.find_all_string_submatch_n(comparison, part, 1)
	]
	count(terms) == count(parts)
}

comparison := concat("", [
	`^[\s(]*(?:(?:max|min|(?:max|min|last)_over_time)[\s(]+)*tenant_service_health_level[\s)]*`,
	`(==|!=|<=|>=|<|>)\s*(-?[0-9]+(?:\.[0-9]+)?)[\s)]*$`,
])

compares("==", level, number) if level == number

compares("!=", level, number) if level != number

compares("<", level, number) if level < number

compares(">", level, number) if level > number

compares("<=", level, number) if level <= number

compares(">=", level, number) if level >= number

wrong(caught) := ["error", "is always true"] if count(caught) == count(levels)

wrong(caught) := ["error", "is never true"] if count(caught) == 0

wrong(caught) := ["warning", "fires for healthy tenants"] if {
	2 in caught
	count(caught) < count(levels)
}
