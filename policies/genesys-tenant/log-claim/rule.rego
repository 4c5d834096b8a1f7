# METADATA
# title: Make log claims of a fitting size and mode, and from one source
# description: >-
#   logPvc makes one claim for each pod, so its mode is ReadWriteOnce; a volume that pods share is made by
#   tenant-monitor, and the two are alternatives. The chart has no documented defaults for size and mode. A number
#   without a unit is bytes, and 5G is less than 5Gi.
# custom:
#   severity: error
#   remediation: "Write logPvc: {enabled: \"true\", logClaimSize: 5Gi, accessModes: ReadWriteOnce}, or use volumes.log."
#   facts: [TEN-144, TEN-145, TEN-160, TEN-161, TEN-179]
#   source: {document: Tenant Service Private Edition Guide, section: Samples and references}
package policies["genesys-tenant"]["log-claim"]

import data.policies.lib

path := ["tenant", "logging", "volumes", "logPvc"]

claim := input.values.tenant.logging.volumes.logPvc if input.values.tenant.logging.volumes.logPvc.enabled == "true"

samples := {"logClaimSize": "5Gi", "accessModes": "ReadWriteOnce"}

size := claim.logClaimSize

size_path := array.concat(path, ["logClaimSize"])

# A key that the chart does not know is reported by itself, and with it the one that it stands for.
findings contains {
	"path": path,
	"key": true,
	"severity": "warning",
	"facts": ["TEN-160"],
	"message": sprintf("logPvc is enabled without %s; add %s", [
		lib.join_words(absent, "and"),
		lib.join_words([concat(": ", [key, samples[key]]) | some key in absent], "and"),
	]),
} if {
	every key, _ in claim {
		key in {"enabled", "logClaimSize", "accessModes", "logStorageClass"}
	}
	absent := [key | some key, _ in samples; object.get(claim, key, "absent") == "absent"]
	count(absent) > 0
}

findings contains {
	"path": array.concat(path, ["accessModes"]),
	"severity": "warning",
	"facts": ["TEN-161"],
	"message": sprintf("%q does not fit one claim per pod; write %s", [
		claim.accessModes,
		"\"ReadWriteOnce\", or share the log volume of tenant-monitor",
	]),
} if {
	claim.accessModes in {"ReadWriteMany", "ReadOnlyMany", "ReadWriteOncePod"}
}

findings contains {"path": size_path, "severity": "info", "facts": ["TEN-145"], "message": message} if {
	regex.match(`^[0-9]{7,}$`, sprintf("%v", [size]))
	message := sprintf("%v is a number of bytes; write a unit, such as 5Gi", [size])
}

findings contains {"path": size_path, "severity": "info", "facts": ["TEN-145"], "message": message} if {
	regex.match(`^[0-9.]+[kMGTPE]$`, size)
	units.parse_bytes(size) >= 1073741824
	message := sprintf("%q is a decimal unit; write %q if you mean the binary one", [size, sprintf("%si", [size])])
}

findings contains {"path": size_path, "severity": "warning", "facts": ["TEN-145"], "message": message} if {
	regex.match(`^[0-9.]+([KMGTPE]i|[kMGTPE])$`, size)
	units.parse_bytes(size) < 1073741824
	message := sprintf("%q is little for logs, which soon fill it up; write \"5Gi\", as in the samples, or more", [size])
}

findings contains {
	"path": ["tenant", "logging", "volumes", "log", i, "persistentVolumeClaim", "claimName"],
	"facts": ["TEN-144"],
	"message": "this claim has no claimName, so that no pod starts; write claimName: and the name of the claim",
} if {
	some i, volume in input.expanded.tenant.logging.volumes.log
	is_object(volume.persistentVolumeClaim)
	lib.get(volume.persistentVolumeClaim, ["claimName"], "") == ""
}

findings contains {
	"path": ["tenant", "logging", "volumes", "log", i, "persistentVolumeClaim"],
	"key": true,
	"facts": ["TEN-179"],
	"related": [{"path": array.concat(path, ["enabled"]), "message": "the claims per pod"}],
	"message": "log volume has two sources, this claim and logPvc; remove this one, or write logPvc.enabled: \"false\"",
} if {
	claim
	some i, volume in input.expanded.tenant.logging.volumes.log
	volume.persistentVolumeClaim != null
}
