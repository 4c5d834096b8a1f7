# METADATA
# title: Do not reuse the values of the old release
# description: >-
#   The documented command replaces the values by the given file. --reuse-values and --reset-then-reuse-values bring
#   back everything that was ever set, including keys that the new chart has removed.
# custom:
#   severity: warning
#   remediation: Drop the flag and pass the prepared file with -f.
#   facts: [UEP-033]
#   needs: commands
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Upgrade}
package policies["usage-engine"]["reuse-values"]

import data.policies["usage-engine"].lib as usage

findings contains {"command": i, "word": flag.word, "message": message} if {
	some i, command in usage.deployments
	some flag in command.flags
	flag.name in {"reuse-values", "reset-then-reuse-values"}
	message := sprintf("--%s carries the old values over, including removed keys; pass the prepared file with -f", [
		flag.name,
	])
}
