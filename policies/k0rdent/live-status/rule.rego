# METADATA
# title: Read what the controller says of live objects
# description: >-
#   The controller writes status. In an exported object an invalid chain, or a condition that is False, tells why
#   services are refused; releases from 1.5 on accept a broken MultiClusterService and say so nowhere else. In files
#   that are to be applied, status is ignored.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: >-
#     Mend what the status reports; leave status out of files that are applied.
#   facts: [K0R-047, K0R-064]
#   source: {document: k0rdent/kcm source code, section: "custom resource definitions, status; internal/webhook"}
package policies.k0rdent["live-status"]

import data.policies.k0rdent.lib as k0

findings contains {
	"manifest": i,
	"path": ["status", "valid"],
	"facts": ["K0R-047"],
	"message": sprintf("chain %q is not valid, so services that name it are refused%s", [k0.name(chain), reason(chain)]),
} if {
	some i, chain in k0.chains
	chain.status.valid == false
}

findings contains {
	"manifest": i,
	"path": ["status", "conditions", j, "status"],
	"severity": "info",
	"facts": ["K0R-064"],
	"message": sprintf(
		"condition %s of MultiClusterService %q is False%s",
		[condition.type, k0.name(service), said(condition)],
	),
} if {
	some i, service in k0.of("MultiClusterService")
	some j, condition in service.status.conditions
	condition.type in {
		"ServicesReferencesValidation",
		"ServicesDependencyValidation",
		"MultiClusterServiceDependencyValidation",
	}
	condition.status == "False"
}

findings contains {
	"manifest": i,
	"path": ["status"],
	"key": true,
	"severity": "info",
	"facts": ["K0R-047"],
	"message": sprintf(
		"status of %s %q is written by the controller and ignored in files that are applied; remove it",
		[kind, k0.name(thing)],
	),
} if {
	some kind in (k0.namespaced_kinds | k0.cluster_kinds)
	some i, thing in k0.of(kind)
	count(thing.status) > 0
	not k0.exported(thing)
}

reason(chain) := sprintf(": %s", [chain.status.validationError]) if {
	chain.status.validationError != ""
} else := ""

said(condition) := sprintf(": %s", [condition.message]) if {
	condition.message != ""
} else := ""
