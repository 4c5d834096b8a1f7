# METADATA
# title: "Run the backup commands in their order, and wait for the job"
# description: >-
#   The vault comes first, then the policy, then the protection of the share, then the backup on demand. The backup is
#   a job that goes on after its command has returned; upgrading before it has completed leaves nothing to go back to.
# custom:
#   severity: warning
#   remediation: >-
#     Keep the order, and follow the job with az backup job show or az backup job wait before helm upgrade.
#   facts: [UEP-052]
#   needs: commands
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Backup and Database Upgrade}
package policies["usage-engine"]["backup-commands"]

import data.policies["usage-engine"].lib as usage

findings contains {"command": i, "related": related, "message": message} if {
	some i, early in input.commands
	some a, step in order
	usage.runs(early, "az", step)
	some j, late in input.commands
	usage.precedes(i, j)
	some b, needed in order
	b < a
	usage.runs(late, "az", needed)
	related := [{"command": j, "message": sprintf("az %s comes only here", [needed])}]
	message := sprintf("az %s runs before az %s, which it needs; change the order", [step, needed])
}

findings contains {"command": i, "message": message} if {
	some i, _ in usage.upgrades
	j := max([k | some k, _ in usage.backups; usage.precedes(k, i)])
	not followed(j, i)
	message := "upgrade does not wait for the backup job; check with az backup job show that it has completed"
}

order := [
	"backup vault create",
	"backup policy create",
	"backup protection enable-for-azurefileshare",
	"backup protection backup-now",
]

followed(j, i) if {
	some k, command in input.commands
	some verb in ["backup job show", "backup job wait", "backup job list"]
	usage.runs(command, "az", verb)
	usage.precedes(j, k)
	usage.precedes(k, i)
}
