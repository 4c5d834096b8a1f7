# METADATA
# title: Spread data stores over zones
# description: >-
#   In a cloud, data stores are spread over the availability zones of the region. Without a constraint the scheduler
#   may put all replicas into one.
# custom:
#   severity: warning
#   needs: manifests, context
#   context: [architecture]
#   remediation: Add a topology spread constraint over topology.kubernetes.io/zone.
#   facts: [SUI-032]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Data stores}
package policies["genesys-suite"]["store-zones"]

findings contains {"manifest": i, "path": ["spec", "template", "spec"], "message": message} if {
	input.context.architecture == "cloud"
	some i, item in input.manifests
	item.kind == "StatefulSet"
	store(item.metadata.name)
	object.get(item, ["spec", "replicas"], 2) != 1
	pod := item.spec.template.spec
	not spread(pod)
	message := sprintf("pods of %s may all run in one zone; add a constraint over topology.kubernetes.io/zone", [
		item.metadata.name,
	])
}

store(name) if regex.match(`redis|postgres|kafka|elasticsearch|opensearch|mssql`, name)

spread(pod) if {
	some rule in pod.topologySpreadConstraints
	rule.topologyKey in zones
}

spread(pod) if {
	affinity := pod.affinity.podAntiAffinity
	some rule in affinity.requiredDuringSchedulingIgnoredDuringExecution
	rule.topologyKey in zones
}

spread(pod) if {
	affinity := pod.affinity.podAntiAffinity
	some rule in affinity.preferredDuringSchedulingIgnoredDuringExecution
	rule.podAffinityTerm.topologyKey in zones
}

zones := {"topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"}
