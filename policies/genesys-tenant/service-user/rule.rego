# METADATA
# title: Name the account whose password is set
# description: >-
#   svcpwdSecretName is the password of the account in tenant.serviceuser. The documents always give the two together;
#   without a name the password is that of the account that the chart takes by default.
# custom:
#   severity: info
#   remediation: Set tenant.serviceuser, which is default in the sample.
#   facts: [TEN-169]
#   source: {document: Tenant Service Private Edition Guide, section: Samples and references}
package policies["genesys-tenant"]["service-user"]

import data.policies["genesys-tenant"].lib as tenant

findings contains {
	"path": ["tenant", "serviceuser"],
	"related": [{"path": ["tenant", "svcpwdSecretName"], "message": "its password"}],
	"message": "svcpwdSecretName sets a password, but tenant.serviceuser names no account; write serviceuser: default",
} if {
	input.whole
	tenant.backends["tenant.svcpwdSecretName"].mode in {"file", "env"}
	object.get(input.values, ["tenant", "serviceuser"], "absent") == "absent"
}
