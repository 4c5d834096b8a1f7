# METADATA
# title: Run the command that was tested
# description: >-
#   The real command is the tested one without --dry-run. Another values file, chart, version, release, namespace or
#   --set argument installs what nobody has tested.
# custom:
#   severity: error
#   remediation: Make the two commands equal but for --dry-run.
#   facts: [UEP-006, UEP-032]
#   needs: commands
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Preparations; Upgrade}
package policies["usage-engine"]["dry-run-differs"]

import data.policies.lib
import data.policies["usage-engine"].lib as usage

findings contains object.union(usage.place(i, word), {"facts": facts, "related": related, "message": message}) if {
	some i, j in tested
	some what in ["release", "chart", "version", "namespace", "values files", "--set arguments"]
	real := part(what, input.commands[i])
	dry := part(what, input.commands[j])
	real != dry
	not unknown(real)
	not unknown(dry)
	word := where(what, input.commands[i])
	facts := [fact | some fact in ["UEP-006", "UEP-032"]; cited(fact, what)]
	related := [{"command": j, "message": "this was tested"}]
	message := sprintf("%s differ from the dry run; repeat the tested command without --dry-run", [plural[what]])
}

findings contains {"command": i, "severity": "info", "facts": ["UEP-032"], "related": related, "message": message} if {
	some i, j in tested
	changed := names(i) - names(j)
	dropped := names(j) - names(i)
	all := changed | dropped
	count(all) > 0
	related := [{"command": j, "message": "this was tested"}]
	message := sprintf("flags differ from those of the dry run: %s; make the commands equal", [
		concat(", ", sort([concat("", ["--", name]) | some name in all])),
	])
}

findings contains object.union_n([usage.place(i, file), unchecked, {"message": message}]) if {
	checked := {base(layer.name) | some layer in input.layers; layer.kind == "file"}
	count(checked) > 0
	some i, command in usage.upgrades
	some file in command.values
	lib.known(file.name)
	not base(file.name) in checked
	message := sprintf("values file %q is not among those that were checked (%s); list it under values, or pass those", [
		file.name,
		concat(", ", sort(checked)),
	])
}

unchecked := {"severity": "warning", "facts": ["UEP-006"]}

base(name) := parts[count(parts) - 1] if parts := split(name, "/")

cited("UEP-032", _)

cited("UEP-006", "values files")

# where is the part of a command that differs, or nothing where it is not there.
where(what, command) := command.values[0] if {
	what == "values files"
} else := command.sets[0] if {
	what == "--set arguments"
} else := object.get(command, what, {})

# tested maps each real command to the dry run that comes last before it.
tested[i] := j if {
	some i, _ in usage.upgrades
	j := max([k | some k, _ in usage.dry_runs; usage.precedes(k, i)])
}

plural := {
	"release": "release names", "chart": "charts", "version": "chart versions", "namespace": "namespaces",
	"values files": "values files", "--set arguments": "--set arguments",
}

part("release", command) := object.get(command, ["release", "name"], null)

part("version", command) := object.get(command, ["version", "value"], null)

part("namespace", command) := object.get(command, ["namespace", "value"], null)

part("chart", command) := [object.get(arg, "value", null) | some arg in command.args; arg.word == command.chart.word]

part("values files", command) := [object.get(file, "name", null) | some file in command.values]

part("--set arguments", command) := [[set.flag, object.get(set, "path", null), object.get(set, "value", null)] |
	some set in command.sets
]

# unknown says that the shell makes a part.
unknown(null)

unknown(list) if {
	some entry in list
	entry == null
}

decisive := {
	"dry-run", "version", "namespace", "values", "set", "set-string", "set-json", "set-file", "set-literal", "hide-secret",
}

names(i) := {flag.name | some flag in input.commands[i].flags} - decisive
