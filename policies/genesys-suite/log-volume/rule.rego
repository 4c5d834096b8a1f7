# METADATA
# title: Log to stdout rather than to volumes
# description: >-
#   Most log data goes to stdout. Logging to shared volumes is left for old or heavy logs and will be deprecated.
#   Where it is used, several pods write to one volume, which needs ReadWriteMany; on GKE ephemeral volumes are
#   emptyDir.
# custom:
#   severity: info
#   remediation: Switch volume logging off, or give the volume the access that it needs.
#   facts: [SUI-051, SUI-100, SUI-122]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Logging}
package policies["genesys-suite"]["log-volume"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"path": ["log", "volumeType"], "facts": ["SUI-051"], "message": message} if {
	pulse
	lower(input.values.log.volumeType) in {"pvc", "hostpath"}
	message := sprintf(
		"logging to a volume (%s) will be deprecated; none leaves the logs to stdout",
		[input.values.log.volumeType],
	)
}

findings contains {"path": path, "severity": "warning", "facts": ["SUI-122"], "message": message} if {
	pulse
	lower(input.values.log.volumeType) == "pvc"
	path := ["log", "pvc", "accessModes"]
	modes := object.get(input.values, path, [])
	count(modes) > 0
	not "ReadWriteMany" in listed(modes)
	message := sprintf("several pods write to the log volume, which %s does not allow; write ReadWriteMany", [
		concat(", ", listed(modes)),
	])
}

findings contains {"path": path, "facts": ["SUI-051"], "message": message} if {
	some part in ["gateway", "coturn"]
	path := [part, "logPath"]
	log_path := object.get(input.values, path, "stdout")
	suite.service_is("webrtc")
	is_string(log_path)
	not lower(log_path) in {"stdout", ""}
	message := sprintf("logging to %s will be deprecated; write stdout", [lib.quote(log_path)])
}

findings contains {"path": path, "severity": "warning", "facts": ["SUI-100"], "message": message} if {
	suite.platform == "gke"
	suite.service_or_foreign
	some [path, value] in host_paths
	suite.truth(value)
	message := "ephemeral volumes on GKE are emptyDir, not hostPath; switch it off and emptyDir on"
}

findings contains {"path": ["log", "volumeType"], "severity": "warning", "facts": ["SUI-100"], "message": message} if {
	suite.platform == "gke"
	pulse
	lower(input.values.log.volumeType) == "hostpath"
	message := "ephemeral volumes on GKE are emptyDir, not hostPath; write none or pvc"
}

findings contains finding if {
	suite.platform == "gke"
	some pod in suite.pods
	pod.kind != "DaemonSet"
	some i, volume in pod.spec.volumes
	volume.hostPath
	finding := {
		"manifest": pod.index, "path": array.concat(pod.path, ["volumes", i, "hostPath"]),
		"severity": "warning", "facts": ["SUI-100"],
		"message": "ephemeral volumes on GKE are emptyDir, not hostPath; use emptyDir",
	}
}

host_paths := [[path, object.get(input.values, path, false)] |
	some path in [["rmLogStorage", "volumeType", "hostPath", "enabled"]]
]

pulse if suite.service_is("pulse")

pulse if suite.foreign(suite.here)

listed(modes) := modes if is_array(modes)

listed(modes) := [modes] if is_string(modes)
