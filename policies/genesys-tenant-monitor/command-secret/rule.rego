# METADATA
# title: Keep passwords out of commands
# description: >-
#   The documented commands take user and password of the repository from shell variables. A password that is written
#   out ends up in the history of the shell, in the list of processes and in the log of the pipeline.
# custom:
#   severity: warning
#   remediation: >-
#     Pass --password "$JFROG_PASSWORD", or log in once with helm registry login --password-stdin. Put credentials of
#     the service into Kubernetes secrets.
#   facts: [TEN-137]
#   needs: commands
#   source: {document: Tenant Service Private Edition Guide, section: Single service at one location}
package policies["genesys-tenant-monitor"]["command-secret"]

import data.policies["genesys-tenant-monitor"].lib as monitor

findings contains {"command": i, "word": flag.at, "facts": ["TEN-137"], "message": message} if {
	some i, command in monitor.commands
	some flag in command.flags
	flag.literal
	message := sprintf("--%s holds a secret in clear text; take it from a variable, or log in with --password-stdin", [
		flag.name,
	])
}

findings contains {"command": i, "word": arg.word, "facts": ["TEN-137"], "message": message} if {
	some i, command in monitor.commands
	some arg in command.args
	arg.credentials
	message := "URL holds a password in clear text; pass --username and --password from variables"
}
