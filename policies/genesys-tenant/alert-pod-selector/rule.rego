# METADATA
# title: Write alert selectors that match the pods of the release
# description: >-
#   Pod names start with the release name, and Prometheus anchors the patterns of label selectors at both ends. The
#   vendor's pattern t[0-9].* misses a release named voice-t<sid>, and a short id that begins with a letter. One alert
#   rule on a tenant metric that covers the release is enough, since others may be for other tenants.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: Match the release name, such as pod=~"(voice-)?t[0-9a-f]{4}-[0-9]+", and its namespace.
#   facts: [TEN-192]
#   source: {document: Tenant Service Private Edition Guide, section: Alerts}
package policies["genesys-tenant"]["alert-pod-selector"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {
	"manifest": first.index,
	"path": first.path,
	"related": [{"manifest": other.index, "path": other.path, "message": "does not cover the release either"} |
		some other in array.slice(alerts, 1, count(alerts))
	],
	"message": sprintf("no alert covers release %q: %s; write %s", [
		input.release.name,
		concat(" and ", [miss[0] | some miss in first.misses]),
		concat(",", [miss[1] | some miss in first.misses]),
	]),
} if {
	is_string(input.release.name)
	lib.known(input.release.name)
	alerts := sort(watching)
	first := alerts[0]
	every alert in alerts {
		count(alert.misses) > 0
	}
}

# The alerts on a tenant metric that select something, with the matchers by which they miss the release.
watching contains {"index": index, "path": ["spec", "groups", i, "rules", j, "expr"], "misses": misses} if {
	tenant.objects_given
	not startswith(input.release.name, "tenant-monitor")
	some index, manifest in input.manifests
	manifest.kind == "PrometheusRule"
	some i, group in manifest.spec.groups
	some j, rule in group.rules
	rule.alert
	lib.known(rule.expr)
	some selector in regex.find_n(`\btenant_\w+(?:\s*\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\})?`, rule.expr, -1)
	matchers := regex.find_all_string_submatch_n(`\b(namespace|pod)\s*(=~|=)\s*"((?:[^"\\]|\\.)*)"`, selector, -1)
	every matcher in matchers {
		matcher[3] != ""
	}
	misses := [[sprintf("%s does not match %q", [matcher[0], own[matcher[1]]]), meant[matcher[1]]] |
		some matcher in matchers
		not matches(matcher[2], matcher[3], own[matcher[1]])
	]
}

own["pod"] := sprintf("%s-0", [input.release.name])

own["namespace"] := tenant.release_namespace

meant["pod"] := sprintf("pod=~\"%s-[0-9]+\"", [input.release.name])

meant["namespace"] := sprintf("namespace=%q", [tenant.release_namespace])

matches("=", value, wanted) if value == wanted

matches("=~", value, wanted) if {
	pattern := sprintf("^(?:%s)$", [replace(value, `\\`, `\`)])
	not fails(pattern, wanted)
}

fails(pattern, wanted) if regex.match(pattern, wanted) == false
