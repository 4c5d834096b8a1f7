# METADATA
# title: Set the password of the service account
# description: >-
#   The account that manages the tenant's provisioning is created when the tenant is installed. Without a password from
#   a secret it gets one that the guide prints, the same in every installation. In production (profile
#   in the context of .helmvet.yaml) it is an error.
# custom:
#   severity: warning
#   context: [profile]
#   remediation: >-
#     Create the secret svcuseraccount with the key svcpassword, mount it in volumeMounts and initVolumeMounts, and set
#     tenant.svcpwdSecretName: /opt/genesys/service-user-account/svcpassword.
#   facts: [TEN-094, TEN-113]
#   source: {document: Tenant Service Private Edition Guide, section: Service account password}
package policies["genesys-tenant"]["default-password"]

import data.policies["genesys-tenant"].lib as tenant

findings contains {"path": path, "severity": tenant.warning_or_error, "message": message} if {
	tenant.backends["tenant.svcpwdSecretName"].mode == "unset"
	left_out
	message := concat("", [
		"no password is set for the service account, so it has the default that the guide prints; ",
		"set tenant.svcpwdSecretName to the path of a mounted file",
	])
}

path := ["tenant", "svcpwdSecretName"]

left_out if object.get(input.values, path, "absent") == ""

left_out if {
	input.whole
	object.get(input.values, path, "absent") == "absent"
}
