# METADATA
# title: Make the shared log claim when tenant-monitor does not
# description: >-
#   With createpvClaim "false" tenant-monitor expects a claim named logClaim in its namespace that pods on all nodes
#   can mount, so one with the access mode ReadWriteMany. It is an error when the manifests are declared complete or
#   have the claim in another namespace only.
# custom:
#   severity: error
#   remediation: Set createpvClaim to "true", or give the manifest of a ReadWriteMany claim.
#   facts: [TEN-143]
#   source: {document: Tenant Service Private Edition Guide, section: tenant-monitor}
package policies["genesys-tenant-monitor"]["log-claim-object"]

import data.policies["genesys-tenant-monitor"].lib as monitor
import data.policies.lib

volume := input.values.tenant.logging.volume if {
	input.values.tenant.logging.volume.enabled == "true"
	input.values.tenant.logging.volume.createpvClaim == "false"
}

name := volume.logClaim if {
	is_string(volume.logClaim)
	volume.logClaim != ""
}

findings contains {
	"path": ["tenant", "logging", "volume", "createpvClaim"],
	"severity": severity,
	"related": array.concat([{"path": ["tenant", "logging", "volume", "logClaim"], "message": "the name"}], related),
	"message": sprintf("nobody creates the log claim %q: createpvClaim is \"false\" and %s; write \"true\" or create it", [
		name,
		lack,
	]),
} if {
	name
	count([claim | some claim in claims; monitor.in_namespace(claim)]) == 0
	far := [index | some index, _ in claims]
	related := [{"manifest": index, "path": ["metadata", "namespace"], "message": "not in reach"} | some index in far]
	[severity, lack] := absence(far)
}

findings contains {
	"path": ["tenant", "logging", "volume", "logClaim"],
	"related": [{"manifest": index, "path": ["spec", "accessModes"], "message": "the access modes of the claim"}],
	"message": sprintf("claim %q is %s, so pods on other nodes cannot mount it; give it ReadWriteMany", [
		name,
		lib.join_words(claim.spec.accessModes, "and"),
	]),
} if {
	some index, claim in claims
	monitor.in_namespace(claim)
	not "ReadWriteMany" in claim.spec.accessModes
}

# The given claims of that name, by index.
claims[index] := claim if {
	name
	some index, claim in input.manifests
	claim.kind == "PersistentVolumeClaim"
	claim.metadata.name == name
}

absence(far) := ["error", sprintf("the given one is in namespace %q", [claims[far[0]].metadata.namespace])] if {
	count(far) > 0
}

absence([]) := ["error", "no manifest makes it"] if input.manifests_complete == true

absence([]) := ["warning", "no given manifest makes it"] if not input.manifests_complete
