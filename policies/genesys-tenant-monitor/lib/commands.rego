# The helm commands that are about this chart.
# needs: commands
package policies["genesys-tenant-monitor"].lib

# commands are the given commands about this chart, by their index.
commands[i] := command if {
	some i, command in input.commands
	chart_of(command) == "tenant-monitor"
}

# deployments are those that install or upgrade it.
deployments[i] := command if {
	some i, command in commands
	command.verb in {"install", "upgrade"}
}

# chart_of says which chart a command is about: "tenant", "tenant-monitor" or "other". It is undefined where nothing
# tells it, as for helm repo add. A command of the configuration is about the chart of its release.
chart_of(command) := _told_chart if {
	input.release.command
} else := command.chart.name if {
	command.chart.name in _charts
} else := _chart_by_name(command.release.name) if {
	not input.release.command
} else := "other" if {
	_foreign(command.chart)
} else := "tenant-monitor" if {
	input.release.command
	not command.verb in {"repo add", "registry login"}
} else := "other" if {
	command.release
}

# _foreign says that a reference names another chart. A package without a version may be called anything.
_foreign(chart) if {
	chart.name
	not chart.name in _charts
	_exact(chart)
}

_exact(chart) if chart.kind in {"oci", "repo"}

_exact(chart) if chart.version

# word is the place of a part of a command, or the command where no word holds it.
word(index, value) := {"command": index, "word": value.word} if {
	value.word
} else := {"command": index}

# wrong_timeout says what is wrong with --timeout: {severity, message}. Without it Helm takes five minutes.
wrong_timeout(command) := {"severity": "error", "message": message} if {
	command.timeout.value
	not command.timeout.seconds
	message := sprintf("timeout %q is refused by Helm, which wants a number with a unit; write 600s", [
		command.timeout.value,
	])
} else := {"severity": "warning", "message": message} if {
	command.wait
	command.timeout.seconds < 300
	message := sprintf("timeout %s is below Helm's own five minutes, and --wait fails before the service is up; %s", [
		command.timeout.value,
		"write 600s or more",
	])
} else := {"severity": "info", "message": message} if {
	command.wait
	command.timeout.seconds < 600
	message := sprintf("timeout %s is below the documented 600s; with --wait write 600s or more", [command.timeout.value])
} else := {"severity": "info", "message": message} if {
	command.wait
	not command.timeout
	not command.open
	message := "--wait without --timeout waits five minutes; the documented command has --timeout 600s"
}
