# METADATA
# title: Name the Kubernetes secret in a volume
# description: >-
#   secretName means two things a few lines apart. In pwd, acl or user it is the path of a file in the container; in a
#   volume it is the name of the Kubernetes secret. With a path there the API server refuses the pod.
# custom:
#   severity: error
#   remediation: Write the name that kubectl get secret shows, such as secretName kafka-secrets-token.
#   facts: [TEN-066]
#   source: {document: Tenant Service Private Edition Guide, section: Single service at one location}
package policies["genesys-tenant"]["volume-secret-name"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {"path": array.concat(volume.path, ["secret", "secretName"]), "message": message} if {
	some volume in tenant.volumes
	is_string(volume.secret)
	lib.known(volume.secret)
	not tenant.is_secret_name(volume.secret)
	message := sprintf("%q is no name of a Kubernetes secret%s", [volume.secret, instead(volume.secret)])
}

instead(name) := "; the path belongs to the credential's own secretName" if contains(name, "/")

instead(name) := "; use lower-case letters, digits, hyphens and dots" if not contains(name, "/")
