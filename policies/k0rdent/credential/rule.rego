# METADATA
# title: Name the credential of a cluster
# description: >-
#   The schema lets a ClusterDeployment have no credential, but the webhook loads the Credential of that name from
#   the namespace and refuses the object when there is none.
# custom:
#   severity: error
#   needs: manifests
#   remediation: >-
#     Set spec.credential to a Credential of the same namespace.
#   facts: [K0R-023]
#   source: {document: k0rdent/kcm source code, section: "internal/util/validation/cd.go, ClusterDeployCredential"}
package policies.k0rdent.credential

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": i,
	"path": ["spec", "credential"],
	"message": "spec.credential is missing; name a Credential of the same namespace, or the webhook refuses the object",
} if {
	some i, cluster in k0.of("ClusterDeployment")
	is_object(cluster.spec)
	lib.get(cluster, ["spec", "credential"], "") == ""
}

findings contains {
	"manifest": i,
	"path": ["spec", "credential"],
	"severity": "warning",
	"message": sprintf("Credential %q is not among the given ones%s; create it in namespace %q, or correct the name", [
		wanted,
		elsewhere(wanted),
		k0.namespace(cluster),
	]),
} if {
	some i, cluster in k0.of("ClusterDeployment")
	wanted := cluster.spec.credential
	is_string(wanted)
	wanted != ""
	lib.known(wanted)
	lib.known(k0.namespace(cluster))
	count(given(wanted)) > 0
	every credential in given(wanted) { not fits(credential, wanted, k0.namespace(cluster)) }
	not distributed(wanted, k0.namespace(cluster))
}

# Credentials say something where one of the name or of the namespace is given.
given(_) := {credential | some _, credential in k0.of("Credential")}

fits(credential, wanted, namespace) if {
	k0.in_namespace(credential, namespace)
	maybe(k0.name(credential), wanted)
}

maybe(a, b) if a == b

maybe(a, _) if not lib.known(a)

distributed(wanted, _) if {
	some _, access in k0.of("AccessManagement")
	some rule in access.spec.accessRules
	wanted in rule.credentials
}

distributed(_, _) if {
	some _, access in k0.of("AccessManagement")
	some rule in access.spec.accessRules
	some resource in rule.resources
	resource.kind == "Credential"
}

elsewhere(wanted) := " in that namespace" if {
	some credential in given(wanted)
	k0.name(credential) == wanted
} else := ""
