# METADATA
# title: Keep credentials out of the values
# description: >-
#   The chart takes database password, Consul token, Redis and Kafka connections, GWS client and service account
#   password as plain values for tests only. Written down they end up in Git, in the release's own secret and in the
#   output of helm get values. The documents do not name the key of a plain value, so every scalar beside
#   secretName and secretKey counts. In production (profile in the context of .helmvet.yaml) it is
#   an error.
# custom:
#   severity: warning
#   context: [profile]
#   remediation: >-
#     Put the value into a Kubernetes secret and refer to it: the path of the mounted file in secretName, or the
#     name of the secret in secretName and its key in secretKey.
#   facts: [TEN-053]
#   source: {document: Tenant Service Private Edition Guide, section: Backend parameters; Integration}
package policies["genesys-tenant"]["direct-secret"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {"path": path, "severity": tenant.warning_or_error, "message": message} if {
	some backend in tenant.backends
	backend.kind != "value"
	some path in backend.direct
	message := sprintf("the %s is in clear text, which is for tests only; %s", [backend.label, instead(backend)])
}

instead(backend) := "set svcpwdSecretName to the path of a mounted file" if backend.kind == "account"

instead(backend) := sprintf("put it into a secret and refer to that with %s.secretName", [path]) if {
	backend.kind == "credential"
	path := lib.path_string(backend.path)
}
