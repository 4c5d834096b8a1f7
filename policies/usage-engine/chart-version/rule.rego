# METADATA
# title: "Use one chart version everywhere, and say which"
# description: >-
#   The chart that is fetched and read, the one of the dry run and the one that is installed have to be the same,
#   given with --version out of the release information. Without --version the newest version of the index is
#   installed. A folder or package has one version already; a version that the shell makes is not judged.
# custom:
#   severity: error
#   remediation: Add --version X.Y.Z with the version of the release information to fetch, dry run and upgrade.
#   facts: [UEP-011, UEP-012, UEP-031]
#   needs: commands
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Preparations; Upgrade}
package policies["usage-engine"]["chart-version"]

import data.policies["usage-engine"].lib as usage

findings contains {"command": i, "facts": facts, "message": message} if {
	some i, command in commands
	command.chart
	not command.version
	not command.chart.version
	not usage.packaged(command)
	not command.open
	facts := [fact | some fact in ["UEP-012", "UEP-031"]; cited(fact, command)]
	message := sprintf("no --version, so the newest version of the index is taken; add --version %s", [
		object.get(input, ["release", "chart", "version"], "with the version of the release information"),
	])
}

findings contains object.union(at(i, command), {"severity": severity, "facts": facts, "message": message}) if {
	some i, command in commands
	version := usage.version_of(command)
	wanted := input.release.chart.version
	exact(wanted)
	exact(version)
	version != wanted
	[severity, facts] := weight(command)
	message := sprintf("version %s is not %s, the version to upgrade to; write --version %s", [version, wanted, wanted])
}

findings contains object.union(at(i, command), {"facts": ["UEP-012"], "related": related, "message": message}) if {
	some i, command in commands
	not exact(object.get(input, ["release", "chart", "version"], ""))
	version := usage.version_of(command)
	j := min([k | some k, other in commands; exact(usage.version_of(other))])
	first := usage.version_of(commands[j])
	exact(version)
	version != first
	related := [object.union(at(j, commands[j]), {"message": sprintf("version %s stands here", [first])})]
	message := sprintf("version %s differs from %s in an earlier command; use one version everywhere", [version, first])
}

findings contains object.union(at(i, command), {"facts": ["UEP-012"], "message": message}) if {
	some i, command in commands
	not exact(command.version.value)
	message := sprintf("version %q is not one version; write it in full, such as 4.1.0", [command.version.value])
}

commands := object.union(usage.deployments, usage.downloads)

exact(version) if regex.match(`^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$`, version)

weight(command) := ["warning", ["UEP-011"]] if command.verb == "pull"

weight(command) := ["error", ["UEP-012"]] if command.verb != "pull"

cited("UEP-012", _)

cited("UEP-031", command) if command.verb != "pull"

at(i, command) := usage.place(i, command.version) if {
	command.version
} else := usage.place(i, command.chart)
