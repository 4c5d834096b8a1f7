# METADATA
# title: Let the server judge the dry run
# description: >-
#   Plain --dry-run and --dry-run=client render the chart without asking the API server, so they find less. The value
#   server exists from Helm 3.13 on.
# custom:
#   severity: warning
#   remediation: Write --dry-run=server.
#   facts: [UEP-030]
#   needs: commands
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Preparations}
package policies["usage-engine"]["dry-run-mode"]

import data.policies["usage-engine"].lib as usage

findings contains {"command": i, "word": flag.word, "message": message} if {
	some i, command in usage.dry_runs
	flag := usage.flag(command, "dry-run")
	by_client(flag)
	message := "dry run does not ask the server; write --dry-run=server"
}

findings contains {"command": i, "word": flag.word, "severity": "info", "message": message} if {
	some i, command in usage.dry_runs
	flag := usage.flag(command, "dry-run")
	flag.value == "server"
	version := trim_prefix(input.context.helmVersion, "v")
	semver.compare(version, "3.13.0") < 0
	message := sprintf("helm %s does not know --dry-run=server; it takes 3.13.0 or newer", [version])
}

by_client(flag) if not flag.at

by_client(flag) if flag.value in {"client", "true"}
