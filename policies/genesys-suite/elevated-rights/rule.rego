# METADATA
# title: Give pods no more rights than they need
# description: >-
#   Services run with least privilege: no privileged container, no escalation, no root, no namespace of the node.
#   Consul and other third-party products are not meant.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: Take the right away, or mark the workload as what it is.
#   facts: [SUI-065]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Built-in security features}
package policies["genesys-suite"]["elevated-rights"]

import data.policies["genesys-suite"].lib as suite

findings contains {"manifest": row.index, "path": at, "message": message} if {
	some row in suite.containers
	not of_nodes(row.index)
	some [key, value] in [
		["privileged", true], ["allowPrivilegeEscalation", true], ["runAsNonRoot", false], ["runAsUser", 0],
	]
	row.container.securityContext[key] == value
	at := array.concat(row.path, ["securityContext", key])
	message := sprintf("container %s has %s: %v; services need no such right", [row.container.name, key, value])
}

findings contains {"manifest": pod.index, "path": at, "message": message} if {
	some pod in suite.pods
	not of_nodes(pod.index)
	some [path, value] in [
		[["hostNetwork"], true], [["hostPID"], true],
		[["securityContext", "runAsUser"], 0], [["securityContext", "runAsNonRoot"], false],
	]
	object.get(pod.spec, path, null) == value
	at := array.concat(pod.path, path)
	message := sprintf("pods of %s have %s: %v; services need no such right", [pod.name, suite.text(path), value])
}

# What runs on every node, such as a log collector, serves the nodes; no service of the suite does.
of_nodes(index) if input.manifests[index].kind == "DaemonSet"
