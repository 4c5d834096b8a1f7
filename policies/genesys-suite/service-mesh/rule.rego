# METADATA
# title: Use the Consul service mesh and no other
# description: >-
#   The services find each other through the Consul service mesh, which runs in their own cluster. The mesh of GKE,
#   which is Istio, is not supported; a second mesh beside Consul is asking for trouble on any platform.
# custom:
#   severity: error
#   needs: manifests
#   context: [platform, thirdParty]
#   remediation: Deploy Consul with its connect injector, and leave Istio out.
#   facts: [SUI-028, SUI-112]
#   source:
#     document: Setting up Genesys Multicloud CX Private Edition
#     section: "Service Mesh; GKE / Not supported"
package policies["genesys-suite"]["service-mesh"]

import data.policies["genesys-suite"].lib as suite

findings contains {"manifest": i, "path": path, "severity": severity, "facts": ["SUI-028"], "message": message} if {
	some i, item in suite.objects
	some path in istio_paths
	value := object.get(item, path, "")
	injected(path[count(path) - 1], value)
	message := sprintf("%s %q brings Istio beside the Consul service mesh; remove it", [path[count(path) - 1], value])
}

findings contains {
	"manifest": i,
	"path": ["apiVersion"],
	"severity": severity,
	"facts": ["SUI-028"],
	"message": message,
} if {
	some i, item in suite.objects
	regex.match(`^[a-z]+\.istio\.io/`, item.apiVersion)
	message := sprintf(
		"%s is an object of Istio, and the services use the Consul service mesh; remove it",
		[item.kind],
	)
}

findings contains {"manifest": i, "path": path, "facts": ["SUI-112"], "message": message} if {
	suite.products_listed
	count(suite.products("consul")) == 0
	not "consul" in suite.released_types
	not consul_deployed
	some i, item in suite.objects
	path := ["spec", "template", "metadata", "annotations", "consul.hashicorp.com/connect-inject"]
	object.get(item, path, "") in {"true", true}
	message := "the pod asks for the Consul mesh, and thirdParty lists no consul in this cluster; deploy it there"
}

default severity := "warning"

severity := "error" if suite.gke

consul_deployed if {
	some item in input.manifests
	contains(item.metadata.name, "consul")
	item.kind in {"StatefulSet", "Deployment"}
}

istio_paths := [array.concat(place, [key]) |
	some place in [
		["metadata", "labels"], ["metadata", "annotations"],
		["spec", "template", "metadata", "labels"], ["spec", "template", "metadata", "annotations"],
	]
	some key in ["istio-injection", "istio.io/rev", "sidecar.istio.io/inject"]
]

injected("istio-injection", "enabled")

injected("istio.io/rev", value) if value != ""

injected("sidecar.istio.io/inject", value) if value in {"true", true}
