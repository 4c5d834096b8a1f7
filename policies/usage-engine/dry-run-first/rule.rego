# METADATA
# title: Test the upgrade before it is done
# description: >-
#   The prepared file can be tested with the complete command and --dry-run=server, before the platform is shut down.
#   The dry run has to come first.
# custom:
#   severity: warning
#   remediation: Run the same command with --dry-run=server before.
#   facts: [UEP-029]
#   needs: commands
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Preparations}
package policies["usage-engine"]["dry-run-first"]

import data.policies["usage-engine"].lib as usage

findings contains {"command": i, "message": message} if {
	i := min(object.keys(real))
	not tested(i)
	message := "upgrade is not tested before; run the same command with --dry-run=server first"
}

real[i] := command if {
	some i, command in usage.upgrades
	command.verb == "upgrade"
}

tested(i) if {
	some j, _ in usage.dry_runs
	usage.may_precede(j, i)
}
