# METADATA
# title: Keep the chart of a cluster
# description: >-
#   When the new ClusterTemplate has a chart of another name, Flux uninstalls the release and installs it anew. The
#   webhook warns only where dryRun is true.
# custom:
#   severity: warning
#   needs: previous
#   remediation: >-
#     Use a ClusterTemplate with the same chart, or plan for a new cluster.
#   facts: [K0R-084]
#   source:
#     document: k0rdent/kcm source code
#     section: "internal/webhook/clusterdeployment_webhook.go, detectHelmChartNameChange"
package policies.k0rdent["chart-renamed"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": j,
	"path": ["spec", "template"],
	"message": sprintf(
		concat(
			"",
			["template %q has chart %q, and %q had %q, so the release of ", "the cluster is uninstalled and installed anew"],
		),
		[
			input.manifests[j].spec.template,
			new,
			input.previous.manifests[i].spec.template,
			old,
		],
	),
	"related": [{"previous": true, "manifest": i, "path": ["spec", "template"], "message": "the template before"}],
} if {
	some [kind, i, j] in k0.same
	kind == "ClusterDeployment"
	input.previous.manifests[i].spec.template != input.manifests[j].spec.template
	was := input.previous.manifests[i]
	now := input.manifests[j]
	old := chart(k0.before_named("ClusterTemplate", was.spec.template), was)
	new := chart([input.manifests[n] | some n in k0.named("ClusterTemplate", now.spec.template)], now)
	old != new
	every text in [old, new] { lib.known(text) }
}

chart(templates, cluster) := names[0] if {
	names := [name |
		some template in templates
		some key, part in {"chartSpec": "chart", "chartRef": "name"}
		name := template.spec.helm[key][part]
		k0.in_namespace(template, k0.namespace(cluster))
	]
}
