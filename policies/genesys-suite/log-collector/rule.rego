# METADATA
# title: Collect logs on every node
# description: >-
#   Fluentd or Fluent Bit reads the logs of containers from /var/log/containers of its node. A Deployment reads the
#   logs of one node alone.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: Deploy the collector as a DaemonSet that mounts /var/log.
#   facts: [SUI-121]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Logging architecture}
package policies["genesys-suite"]["log-collector"]

findings contains {"manifest": i, "path": ["kind"], "message": message} if {
	some i, item in collectors
	item.kind == "Deployment"
	count([other | some other in collectors; other.kind == "DaemonSet"]) == 0
	message := "a Deployment reads the logs of one node only; write kind DaemonSet"
}

findings contains {"manifest": i, "path": ["spec", "template", "spec"], "severity": "info", "message": message} if {
	some i, item in collectors
	item.kind == "DaemonSet"
	volumes := object.get(item, ["spec", "template", "spec", "volumes"], [])
	not mounted(volumes)
	message := "the collector mounts no logs of its node; add a hostPath volume for /var/log"
}

collectors[i] := item if {
	some i, item in input.manifests
	item.kind in {"Deployment", "DaemonSet"}
	regex.match(`fluentd|fluent-?bit`, item.metadata.name)
	not regex.match(`operator|exporter|aggregat|forward`, item.metadata.name)
}

mounted(volumes) if {
	some volume in volumes
	path := volume.hostPath.path
	startswith("/var/log/containers", trim_suffix(path, "/"))
}
