# METADATA
# title: Plan what services need around them
# description: >-
#   Services need an ingress controller, a load balancer and DNS around them, and some an object storage or a host
#   of static content. Third-party services live in namespaces of their own, and best in a cluster of their own.
# custom:
#   severity: warning
#   needs: fleet, context
#   context: [thirdParty, cluster, environment]
#   remediation: Add to the plan what the message names.
#   facts: [SUI-047, SUI-078, SUI-079, SUI-082, SUI-083, SUI-087]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Software requirements}
package policies["genesys-suite"]["supporting-product"]

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite

findings contains object.union({"context": true}, finding) if some finding in problems

problems contains {"path": ["cluster"], "facts": ["SUI-082", "SUI-078"], "message": message} if {
	told
	not controller
	count(served) > 0
	message := sprintf("%s an ingress controller, and none is told; add cluster.ingressController", [
		suite.need(served),
	])
}

problems contains {"path": ["thirdParty"], "facts": ["SUI-082"], "message": message} if {
	suite.products_listed
	count(suite.products("load-balancer")) == 0
	needing := {member.service | some member in suite.members} & balanced
	count(needing) > 0
	message := sprintf("%s a load balancer, and thirdParty lists none; add load-balancer: {}", [suite.need(needing)])
}

problems contains {"path": ["thirdParty"], "severity": "info", "facts": ["SUI-078"], "message": message} if {
	input.fleet_declared
	count(suite.listed) > 0
	missing := [name | some name in ["dns", "web-application-firewall"]; count(suite.products(name)) == 0]
	"dns" in missing
	message := sprintf("the guide also wants %s, which thirdParty does not list; add what there is", [
		concat(" and recommends ", missing),
	])
}

problems contains {"path": ["thirdParty"], "severity": "info", "facts": ["SUI-083"], "message": message} if {
	suite.products_listed
	count(suite.products("object-storage")) == 0
	needing := {member.service | some member in suite.members} & {"gsp"}
	count(needing) > 0
	message := "gsp keeps data in an object storage, and thirdParty lists none; add object-storage"
}

problems contains {"path": ["thirdParty"], "severity": "info", "facts": ["SUI-047"], "message": message} if {
	suite.products_listed
	input.fleet_declared
	input.context.initialDeployment
	"gws" in suite.planned
	not "wwe" in suite.planned
	count([name | some name, _ in input.context.thirdParty; contains(name, "cdn")]) == 0
	message := "nothing serves the static content of Workspace Web Edition; plan wwe, or list the CDN"
}

problems contains {
	"path": ["thirdParty", entry.name, "namespace"],
	"severity": "info",
	"facts": ["SUI-079"],
	"message": message,
} if {
	some entry in suite.listed
	owners := suite.services_in(entry.product.namespace)
	count(owners) > 0
	message := sprintf("%s is in namespace %s, that of a service; give third-party services one of their own", [
		entry.name, entry.product.namespace,
	])
}

problems contains {
	"path": ["thirdParty", entry.name, "cluster"],
	"severity": "info",
	"facts": ["SUI-079"],
	"message": message,
} if {
	suite.production
	some entry in suite.listed
	entry.type in suite.data_stores
	entry.product.cluster in {member.cluster | some member in suite.members}
	message := sprintf(
		"%s runs in the cluster of the services; the guide thinks a cluster of its own is best",
		[entry.name],
	)
}

problems contains {
	"path": ["thirdParty", entry.name, "cluster"],
	"severity": "error",
	"facts": ["SUI-087"],
	"message": message,
} if {
	some entry in suite.listed
	entry.type == "consul"
	clusters := {member.cluster | some member in suite.members; member.cluster}
	count(clusters) == 1
	not entry.product.cluster in clusters
	message := sprintf("consul runs in cluster %s and the services in %s; deploy it beside them", [
		entry.product.cluster, suite.names(clusters),
	])
}

told if suite.products_listed

told if suite.cluster

controller if {
	suite.cluster.ingressController
	not suite.cluster.ingressController in {"", "none"}
}

controller if count(suite.products("ingress-controller")) > 0

controller if count(suite.products("ingress-nginx")) > 0

controller if {
	some release in input.releases
	contains(release.release.chart.name, "ingress-nginx")
}

served := {member.service | some member in suite.members} & {suite.service_named(name) |
	some name in tables.software["ingress-controller"].services
}

balanced := {suite.service_named(name) | some name in tables.software["load-balancer"].services}
