# METADATA
# title: Stay within two minor releases
# description: >-
#   An installation must not fall more than two minor releases behind; beyond that an upgrade needs the vendor's
#   services. What a minor release is follows from the list of published versions, which the configuration may give.
# custom:
#   severity: warning
#   needs: context
#   context: [versions]
#   remediation: Upgrade before the distance grows.
#   facts: [SUI-157]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Upgrade overview}
package policies["genesys-suite"]["release-age"]

findings contains {"path": [], "holds": true, "severity": "error", "message": message} if {
	own := minor(input.release.chart.version)
	listed := input.context.versions[input.release.chart.name]
	minors := [m |
		some i, version in listed
		m := minor(version)
		not m in [minor(other) | some j, other in listed; j < i]
	]
	some at, other in minors
	other == own
	behind := (count(minors) - 1) - at
	behind > 2
	message := sprintf("version %s is %d minor releases behind %s; not more than 2 are supported, so upgrade", [
		input.release.chart.version, behind, listed[count(listed) - 1],
	])
}

findings contains {"path": [], "holds": true, "severity": "info", "message": message} if {
	not input.context.versions[input.release.chart.name]
	[own, old] := numbers(input.release.chart.version)
	[latest, new] := numbers(input.context.latestVersion)
	own == latest
	new - old > 2
	message := sprintf("version %s is %d releases behind %s; see whether that is more than two minor ones", [
		input.release.chart.version, new - old, input.context.latestVersion,
	])
}

minor(version) := concat(".", array.slice(split(split(version, "+")[0], "."), 0, 3))

# numbers takes 100.0.011+0166 apart. Longer third groups count builds.
numbers(version) := [concat(".", array.slice(groups, 0, 2)), to_number(trim_left(groups[2], "0"))] if {
	groups := split(split(version, "+")[0], ".")
	regex.match(`^0*[1-9][0-9]{0,2}$`, groups[2])
}
