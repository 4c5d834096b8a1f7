# METADATA
# title: Keep sessions of some ingresses on one pod
# description: >-
#   The ingress controller has to support sticky sessions, and the external ingress of CX Contact and those of GCXI
#   and WebRTC ask for them with a cookie. Overriding the mapping of annotations may drop that one. Behind a load
#   balancer that hides client addresses the services see the balancer alone.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: Add the annotation that the message names.
#   facts: [SUI-108, SUI-110]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Configuring Ingress Controller}
package policies["genesys-suite"]["ingress-affinity"]

import data.policies["genesys-suite"].lib as suite

findings contains {"manifest": i, "path": path, "facts": ["SUI-108"], "message": message} if {
	some i, item in suite.objects
	item.kind == "Ingress"
	item.metadata.namespace in {"cxc", "gcxi", "webrtc"}
	not contains(item.metadata.name, "int")
	path := ["metadata", "annotations", "nginx.ingress.kubernetes.io/affinity"]
	object.get(item, path, "") != "cookie"
	message := concat(" ", [
		"sessions would jump between pods;",
		"add the annotation nginx.ingress.kubernetes.io/affinity: cookie",
	])
}

findings contains {"manifest": i, "path": path, "severity": "info", "facts": ["SUI-110"], "message": message} if {
	some i, item in input.manifests
	item.kind == "Service"
	item.spec.type == "LoadBalancer"
	contains(item.metadata.name, "ingress-nginx")
	path := ["spec", "externalTrafficPolicy"]
	object.get(item, path, "Cluster") == "Cluster"
	count(forwarding(item.metadata.namespace)) == 0
	message := "services see the load balancer instead of the clients; write Local, or set use-forwarded-headers"
}

# The configuration of a controller that takes client addresses from headers.
forwarding(namespace) := [item |
	some item in input.manifests
	item.kind == "ConfigMap"
	item.metadata.namespace == namespace
	some key in ["use-forwarded-headers", "use-proxy-protocol"]
	item.data[key] == "true"
]
