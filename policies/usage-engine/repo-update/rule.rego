# METADATA
# title: Refresh the repository before fetching the chart
# description: >-
#   helm looks charts up in its local index of the repository, which may not know the new version yet. Charts in
#   registries (oci://), folders and packages need no index.
# custom:
#   severity: warning
#   remediation: Run helm repo update first.
#   facts: [UEP-010]
#   needs: commands
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Preparations}
package policies["usage-engine"]["repo-update"]

import data.policies["usage-engine"].lib as usage

findings contains object.union(usage.place(i, command.chart), {"message": message}) if {
	i := min(indexed)
	command := input.commands[i]
	not refreshed(i)
	message := "chart is looked up in an index that no helm repo update has refreshed; run helm repo update before it"
}

# indexed are the commands that need the index of a repository.
indexed contains i if {
	some i, command in object.union(usage.deployments, usage.downloads)
	command.chart.kind == "repo"
	not usage.has_flag(command, {"repo"})
}

refreshed(i) if {
	some j, command in input.commands
	command.tool == "helm"
	command.verb in {"repo update", "repo add"}
	usage.may_precede(j, i)
}
