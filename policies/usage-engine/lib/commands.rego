# The commands of the plan that are about this chart, its release, its platform and its ECDs.
# needs: commands
package policies["usage-engine"].lib

import data.policies.lib

chart := "usage-engine-private-edition"

# deployments are the helm commands that install or upgrade the chart or the release, by their index.
deployments[i] := command if {
	some i, command in input.commands
	command.tool == "helm"
	command.verb in {"install", "upgrade"}
	_ours(command)
}

# dry_runs and upgrades part them.
dry_runs[i] := command if {
	some i, command in deployments
	command.dry_run
}

upgrades[i] := command if {
	some i, command in deployments
	not command.dry_run
}

# downloads are those that fetch the chart.
downloads[i] := command if {
	some i, command in input.commands
	command.tool == "helm"
	command.verb == "pull"
	command.chart.name == chart
}

# release_commands are the helm commands that act on the release. While its name is not known, any release that no
# chart tells is taken for it.
release_commands[i] := command if {
	some i, command in input.commands
	command.tool == "helm"
	command.release
	_ours(command)
}

_ours(command) if command.chart.name == chart

_ours(command) if command.release.name == input.release.name

_ours(command) if {
	not input.release.name
	command.release
	not command.chart
}

# kubectl_commands act on the platform or on ECDs.
kubectl_commands[i] := command if {
	some i, command in input.commands
	command.tool == "kubectl"
	_concerned(command)
}

_concerned(command) if about_platform(command)

_concerned(command) if about_ecd(command)

# about_platform says that kubectl acts on the StatefulSet of the platform.
about_platform(command) if regex.match(
	`(^| )(sts|statefulsets?)(\.apps)?[/ ]platform( |$)`,
	arguments(command),
)

about_ecd(command) if regex.match(`(^| )(ecds?|ecdeployments?)(\.[a-z.]+)?([/ ]|$)`, arguments(command))

# arguments are the words of a command that are no flags, in one text; ? stands for what the shell makes.
arguments(command) := concat(" ", [object.get(arg, "value", "?") | some arg in command.args])

# runs says that a command calls a program with these first words.
runs(command, tool, words) if {
	command.tool == tool
	text := arguments(command)
	startswith(concat("", [text, " "]), concat("", [words, " "]))
}

# stops are the commands that shut the platform down; an edit by hand may do so.
stops[i] := command if {
	some i, command in input.commands
	stops_platform(command)
}

stops_platform(command) if replicas(command) == 0

stops_platform(command) if {
	runs(command, "kubectl", "edit")
	about_platform(command)
}

# replicas is the number of platform pods that a command asks for.
replicas(command) := to_number(flag(command, "replicas").value) if {
	runs(command, "kubectl", "scale")
	about_platform(command)
} else := payload(command).spec.replicas if {
	runs(command, "kubectl", "patch")
	about_platform(command)
}

# payload is what a kubectl patch writes.
payload(command) := yaml.unmarshal(flag(command, "patch").value)

# backups are the commands that start a backup.
backups[i] := command if {
	some i, command in input.commands
	runs(command, "az", "backup protection backup-now")
}

# precedes says that one command runs before another one, may_precede that it is not known to run later. Jobs of a
# pipeline run in an order that their file does not tell here.
precedes(i, j) if {
	i < j
	_same_job(i, j)
}

may_precede(i, j) if precedes(i, j)

may_precede(i, j) if {
	i != j
	not _same_job(i, j)
}

_same_job(i, j) if object.get(input.commands[i], "job", "") == object.get(input.commands[j], "job", "")

# flag returns the last use of a flag, which counts.
flag(command, name) := last if {
	uses := [f | some f in command.flags; f.name == name]
	last := uses[count(uses) - 1]
}

has_flag(command, names) if {
	some f in command.flags
	f.name in names
}

# place is the word that holds a part of a command, or the command where no word does.
place(i, part) := {"command": i, "word": part.word} if {
	part.word
} else := {"command": i}

# value_place is the word that holds the value of a flag.
value_place(i, part) := {"command": i, "word": part.at} if {
	part.at
} else := place(i, part)

# version_of is the chart version that a command takes, where it is known.
version_of(command) := command.version.value if {
	command.version
} else := command.chart.version if {
	lib.known(command.chart.version)
}

# packaged says that the chart lies in a folder or package, which has one version.
packaged(command) if command.chart.kind in {"dir", "file", "url"}
