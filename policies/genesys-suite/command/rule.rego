# METADATA
# title: Write helm commands that do what they say
# description: >-
#   The guide shows helm install without a release name, which Helm 3 refuses, passes passwords on the command line,
#   and gives the same values file twice, which changes nothing. The vendor has six repositories; another name is
#   misspelt.
# custom:
#   severity: warning
#   remediation: Mend the command as the message says.
#   facts: [SUI-131, SUI-134, SUI-135, SUI-144]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Downloading using the Helm CLI}
package policies["genesys-suite"].command

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite

findings contains {"command": i, "word": 0, "severity": "error", "facts": ["SUI-134"], "message": message} if {
	some i, command in commands
	command.verb == "install"
	not command.open
	count(command.args) == 1
	not flag(command, "generate-name")
	message := "helm install needs a release name before the chart, or --generate-name; Helm 3 refuses this"
}

findings contains {"command": i, "word": entry.at, "facts": ["SUI-135"], "message": message} if {
	some i, command in commands
	some entry in command.flags
	entry.literal
	message := sprintf("--%s holds a secret in clear text; take it from a variable of the pipeline", [entry.name])
}

findings contains {"path": [], "holds": true, "facts": ["SUI-135"], "message": message} if {
	some line in input.context.commands
	regex.match(`^curl .*(-u|--user)[ =]?[^ $:]+:[^ $]`, line)
	message := "a planned curl command holds a password in clear text; take it from a variable of the pipeline"
}

findings contains {"path": [], "holds": true, "facts": ["SUI-135"], "message": message} if {
	some line in input.context.commands
	regex.match(`^(docker|podman) login (.* )?(-p ?|--password[ =])[^ $-]`, line)
	message := "a planned login holds a password in clear text; take it from a variable, or use --password-stdin"
}

findings contains {"command": i, "word": second.word, "facts": ["SUI-144"], "message": message} if {
	some i, command in commands
	some j, second in command.values
	some k, first in command.values
	k < j
	first.name == second.name
	message := sprintf("%s is given twice, and the second time changes nothing; name another file or leave it out", [
		second.name,
	])
}

findings contains {"command": i, "word": arg.word, "severity": "info", "facts": ["SUI-131"], "message": message} if {
	some i, command in commands
	some arg in command.args
	repository := split(arg.value, "/")[0]
	contains(arg.value, "/")
	regex.match(`^[a-z]+-multicloud[a-z-]*$`, repository)
	names := [row.name | some row in tables.repositories]
	not repository in names
	message := sprintf("the vendor has no repository %s; its Helm charts are in helm-multicloud", [repository])
}

# The pack of the tenant has rules of its own for this.
commands[i] := command if {
	not suite.service_is("tenant")
	some i, command in input.commands
}

flag(command, name) if {
	some entry in command.flags
	entry.name == name
}
