# METADATA
# title: Write the configuration of a cluster
# description: >-
#   When spec.config is absent and the ClusterTemplate has a default configuration, the webhook fills that in and
#   turns on dryRun: the object is accepted and no cluster is made. An empty mapping counts as a configuration.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: >-
#     Write spec.config, {} if the defaults will do, or dryRun: true if that is what you want.
#   facts: [K0R-021]
#   source: {document: k0rdent/kcm source code, section: "internal/webhook/clusterdeployment_webhook.go, Default"}
package policies.k0rdent["dry-run"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": i,
	"path": ["spec", "config"],
	"message": concat(
		"",
		[
			"spec.config is missing, so the webhook may fill in the template's defaults and ",
			"turn on dryRun, which deploys nothing; write config, {} will do",
		],
	),
} if {
	some i, cluster in k0.of("ClusterDeployment")
	is_object(cluster.spec)
	not lib.present(cluster, ["spec", "config"])
	not cluster.spec.dryRun == true
}
