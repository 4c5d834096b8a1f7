# METADATA
# title: Make the shared log claim of a fitting size
# description: >-
#   The logs of all tenants share this claim. A number without a unit is bytes, and 5G is less than 5Gi.
# custom:
#   severity: warning
#   remediation: Write a size with a binary unit, such as 5Gi.
#   facts: [TEN-145]
#   source: {document: Tenant Service Private Edition Guide, section: tenant-monitor}
package policies["genesys-tenant-monitor"]["log-claim-size"]

size_path := ["tenant", "logging", "volume", "logClaimSize"]

size := input.values.tenant.logging.volume.logClaimSize if input.values.tenant.logging.volume.enabled == "true"

findings contains {"path": size_path, "severity": "info", "message": message} if {
	regex.match(`^[0-9]{7,}$`, sprintf("%v", [size]))
	message := sprintf("%v is a number of bytes; write a unit, such as 5Gi", [size])
}

findings contains {"path": size_path, "severity": "info", "message": message} if {
	regex.match(`^[0-9.]+[kMGTPE]$`, size)
	units.parse_bytes(size) >= 1073741824
	message := sprintf("%q is a decimal unit; write %q if you mean the binary one", [size, sprintf("%si", [size])])
}

findings contains {"path": size_path, "message": message} if {
	regex.match(`^[0-9.]+([KMGTPE]i|[kMGTPE])$`, size)
	units.parse_bytes(size) < 1073741824
	message := sprintf("%q is little for logs, which soon fill it up; write \"5Gi\", as in the samples, or more", [size])
}
