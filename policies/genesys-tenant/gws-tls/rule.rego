# METADATA
# title: Leave TLS to GWS off
# description: tenant.gws.tls exists, but the documented release connects to Genesys Web Services by HTTP only.
# custom:
#   severity: warning
#   remediation: >-
#     Write false without quotes, or remove the key, unless the notes of your chart say that TLS works.
#   facts: [TEN-087]
#   source: {document: Tenant Service Private Edition Guide, section: Integration}
package policies["genesys-tenant"]["gws-tls"]

findings contains {"path": ["tenant", "gws", "tls"], "message": message} if {
	input.values.tenant.gws.tls == true
	message := "tenant.gws.tls is true, but the documented release has HTTP only; write false"
}
