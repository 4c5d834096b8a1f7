# METADATA
# title: Upgrade the release that runs this chart
# description: >-
#   The release to upgrade runs usage-engine-private-edition-VERSION, as the column CHART of helm list shows.
#   external-dns and ingress-nginx are releases of their own and are not part of the upgrade.
# custom:
#   severity: error
#   remediation: >-
#     Take the release whose CHART begins with usage-engine-private-edition, and write that column into the context.
#   facts: [UEP-008]
#   needs: context
#   context: [release.chart]
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Preparations}
package policies["usage-engine"]["release-chart"]

findings contains {"context": true, "path": ["release", "chart"], "message": message} if {
	chart := input.context.release.chart
	not regex.match(`^usage-engine-private-edition-[0-9]+\.[0-9]+\.[0-9]+`, chart)
	message := sprintf("release runs chart %q; the one to upgrade runs usage-engine-private-edition-VERSION", [chart])
}
