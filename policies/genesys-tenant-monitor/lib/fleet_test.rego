package policies["genesys-tenant-monitor"].lib_test

# monitor is a release of tenant-monitor as rules about the fleet see it; told says more than its chart.
monitor(told, values) := {
	"release": object.union({"chart": {"name": "tenant-monitor"}, "namespace": "voice"}, told),
	"values": values,
	"expanded": values,
	"packs": ["genesys-tenant-monitor"],
	"whole": true,
}

# fleet is an input whose releases are all there are.
fleet(releases) := {"releases": releases, "fleet_declared": true}
