# METADATA
# title: Prepare the network of the cluster
# description: >-
#   Pods need a network plug-in, a subnet that is large enough, and addresses that a session border controller
#   reaches. Units in several regions need a connection between them, and firewalls have to let the protocols of the
#   services through.
# custom:
#   severity: error
#   needs: fleet, context
#   context: [platform, cluster, network, units, thirdParty]
#   remediation: Change the network as the message says.
#   facts: [SUI-007, SUI-028, SUI-029, SUI-062, SUI-063, SUI-064, SUI-107, SUI-111, SUI-112]
#   source:
#     document: Setting up Genesys Multicloud CX Private Edition
#     section: "Network settings; Networking overview"
package policies["genesys-suite"]["cluster-network"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains object.union({"context": true}, finding) if some finding in problems

problems contains {"path": ["cluster", "cni"], "facts": ["SUI-107"], "message": message} if {
	suite.cluster.cni == false
	message := "without a container network interface pods do not reach each other; enable one"
}

problems contains {
	"path": ["cluster", "nodeLocalDns"],
	"severity": "info",
	"facts": ["SUI-111"],
	"message": message,
} if {
	suite.cluster.nodeLocalDns == false
	message := "the guide recommends a DNS cache on each node beside CoreDNS; enable node-local DNS"
}

problems contains {"path": ["cluster", "vpcNative"], "facts": ["SUI-062"], "message": message} if {
	suite.cluster.vpcNative == false
	count(talking) > 0
	message := sprintf("the session border controller does not reach pods of %s behind overlay addresses; %s", [
		suite.names(talking), "create a VPC-native cluster",
	])
}

problems contains {"path": ["thirdParty"], "severity": "warning", "facts": ["SUI-062"], "message": message} if {
	suite.products_listed
	count(talking) > 0
	count(suite.products("session-border-controller")) == 0
	message := sprintf("%s a session border controller, and thirdParty lists none; add %s", [
		suite.need(talking), "session-border-controller: {}",
	])
}

problems contains {"path": ["cluster", "serviceMesh"], "facts": [fact], "message": message} if {
	mesh := lower(suite.cluster.serviceMesh)
	mesh != "consul"
	fact := mesh_fact(mesh)
	message := sprintf("the services need the Consul service mesh, not %q; deploy Consul and write consul", [mesh])
}

problems contains {"path": ["cluster", "ingressController"], "facts": ["SUI-029"], "message": message} if {
	suite.gke
	name := suite.cluster.ingressController
	not name in {"", "none"}
	not contains(lower(name), "nginx")
	message := sprintf("on GKE the services are served by ingress-nginx, not %s; deploy ingress-nginx", [name])
}

problems contains {"path": ["network", key], "severity": "info", "facts": ["SUI-007"], "message": message} if {
	some key in ["subnet", "podRange"]
	text := input.context.network[key]
	lib.known(text)
	not net.cidr_is_valid(text)
	message := sprintf("%q is no address range; write one such as 10.20.0.0/20", [text])
}

problems contains {"path": ["network"], "severity": "info", "facts": ["SUI-007"], "message": message} if {
	suite.gke
	input.context.network.subnet
	not input.context.network.podRange
	message := "pods of a VPC-native cluster take addresses from a secondary range of the subnet; tell it as podRange"
}

problems contains {"path": ["network", key], "severity": "warning", "facts": ["SUI-063"], "message": message} if {
	some key, wanted in protocols
	is_array(input.context.network[key])
	open := {upper(protocol) | some protocol in input.context.network[key]}
	missing := {names[0] | some names in wanted; count({upper(name) | some name in names} & open) == 0}
	count(missing) > 0
	message := sprintf("the network lets no %s through, which services use; add %s", [
		lib.join_words(sort(missing), "or"), suite.names(missing),
	])
}

problems contains {"path": ["network"], "severity": "warning", "facts": ["SUI-064"], "message": message} if {
	regions := {unit.region | some unit in input.context.units}
	count(regions) > 1
	input.context.network
	not input.context.network.crossRegion
	message := sprintf("units are in %s, and no connection between them is told; add network.crossRegion: peering", [
		concat(" and ", sort(regions)),
	])
}

mesh_fact(mesh) := "SUI-028" if {
	mesh == "istio"
	suite.gke
} else := "SUI-112"

# Any name of a group will do.
protocols := {
	"ingressProtocols": [["HTTPS", "HTTP"], ["WebSocket", "WSS", "WS"], ["TCP"]],
	"egressProtocols": [["HTTPS"], ["TCP"], ["SFTP"], ["IMAPS"], ["SMTPS", "SMTP"]],
}

talking := {member.service | some member in suite.members; member.service in {"voice", "gvp", "webrtc"}}
