# METADATA
# title: Deploy GWS Authentication before the tenant
# description: >-
#   With tenant.gws.enable "true" the release registers the tenant at Genesys Web Services while it is installed or
#   upgraded. The Authentication service has to be up by then.
# custom:
#   severity: info
#   remediation: Check that the Authentication service answers before you run helm.
#   facts: [TEN-039]
#   source: {document: Tenant Service Private Edition Guide, section: Genesys dependencies}
package policies["genesys-tenant"]["gws-first"]

findings contains {"path": ["tenant", "gws", "enable"], "message": message} if {
	input.values.tenant.gws.enable == "true"

	# Where all releases are listed, the rule gws-before-tenant looks for the service among them.
	not input.fleet_declared
	message := "the tenant registers at GWS when it is installed; have the Authentication service up before that"
}
