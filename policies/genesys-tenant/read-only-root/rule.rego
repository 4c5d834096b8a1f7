# METADATA
# title: Leave the root file system writable
# description: >-
#   The service writes below the root file system of its container. Both documented security contexts have
#   readOnlyRootFilesystem false.
# custom:
#   severity: warning
#   remediation: Set readOnlyRootFilesystem false, or remove it.
#   facts: [TEN-106]
#   source: {document: Tenant Service Private Edition Guide, section: Security context configuration}
package policies["genesys-tenant"]["read-only-root"]

findings contains {"path": ["tenant", "containerSecurityContext", "readOnlyRootFilesystem"], "message": message} if {
	input.values.tenant.containerSecurityContext.readOnlyRootFilesystem == true
	message := "the service writes to its root file system, which readOnlyRootFilesystem true forbids; write false"
}
