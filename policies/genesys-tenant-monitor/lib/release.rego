# Whose the release is that is judged, and where it belongs.
package policies["genesys-tenant-monitor"].lib

import data.policies.lib

# own_release says that the release is one of this chart, as far as that is known.
own_release if _told_chart == "tenant-monitor"

own_release if not _told_chart

_charts := {"tenant", "tenant-monitor"}

_told_chart := input.release.chart.name if {
	input.release.chart.name in _charts
} else := _chart_by_name(input.release.name)

_chart_by_name(name) := "tenant-monitor" if {
	startswith(name, "tenant-monitor")
} else := "tenant" if {
	regex.match(`^(voice-)?t[0-9a-f]{0,4}$`, name)
}

# wrong_namespace says what is wrong with the namespace of a release: {severity, message}. A system in one namespace
# names it in the context.
wrong_namespace(namespace) := {"severity": "error", "message": message} if {
	namespace in {"default", "kube-system"}
	message := sprintf("namespace %q is no place for a release; write voice, the namespace of the Voice services", [
		namespace,
	])
} else := {"severity": "warning", "message": message} if {
	not namespace in {"", "voice", lib.get(input, ["context", "singleNamespace"], "")}
	lib.known(namespace)
	message := sprintf("namespace %q is not voice, where the documents put tenants; for one namespace for all set %s", [
		namespace,
		"singleNamespace in the context",
	])
}
