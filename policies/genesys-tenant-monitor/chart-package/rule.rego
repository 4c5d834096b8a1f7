# METADATA
# title: Install the package, values file and release that belong together
# description: >-
#   tenant-monitor-VERSION.tgz and tenant-VERSION.tgz are two charts. Under the release name of the one the package of
#   the other replaces its objects, and values of the other are ignored key by key. By convention the values files are
#   called tenant-monitor-values.yaml and tenant-values.yaml. A package name without a version, such as tenant-.tgz,
#   is a placeholder that was lost.
# custom:
#   severity: error
#   remediation: Pass the package of the chart with its version, and the values file of that chart.
#   facts: [TEN-134, TEN-136]
#   needs: commands
#   source: {document: Tenant Service Private Edition Guide, section: Single service at one location}
package policies["genesys-tenant-monitor"]["chart-package"]

import data.policies["genesys-tenant-monitor"].lib as monitor

findings contains object.union(monitor.word(i, command.chart), {"facts": ["TEN-136"], "message": message}) if {
	some i, command in monitor.deployments
	command.chart.name == "tenant"
	message := "chart tenant is installed as a release of tenant-monitor; pass the package tenant-monitor-VERSION.tgz"
}

findings contains object.union(place, {"facts": ["TEN-136"], "message": message}) if {
	some i, command in monitor.deployments
	place := monitor.word(i, command.release)
	command.chart.name == "tenant-monitor"
	not input.release.command
	regex.match(`^(voice-)?t[0-9a-f]{4}$`, command.release.name)
	message := sprintf("chart tenant-monitor is installed as release %q, a name for tenant; pass tenant", [
		command.release.name,
	])
}

findings contains object.union(place, {"severity": "warning", "facts": ["TEN-136"], "message": message}) if {
	some i, command in monitor.deployments
	command.chart.unversioned
	not command.version
	place := monitor.word(i, command.chart)
	message := sprintf("package of chart %s is named without a version; write %s-VERSION.tgz", [
		command.chart.name,
		"tenant-monitor",
	])
}

findings contains object.union(place, {"severity": "info", "facts": ["TEN-134"], "message": message}) if {
	some i, command in monitor.deployments
	some file in command.values
	foreign(file.name)
	place := monitor.word(i, file)
	message := sprintf("values file %q is named after tenant; pass the values of tenant-monitor", [file.name])
}

foreign(name) if {
	regex.match(`(^|/)tenant[^/]*-values\.ya?ml$`, name)
	not regex.match(`(^|/)tenant-monitor[^/]*$`, name)
}
