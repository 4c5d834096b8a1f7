# METADATA
# title: Require TLS to the database in production
# description: >-
#   The database connection has a TLS preference with the choices allow and require. With allow, a connection without
#   TLS is accepted.
# custom:
#   severity: info
#   context: [profile]
#   remediation: Write require.
#   facts: [TEN-055]
#   source: {document: Tenant Service Private Edition Guide, section: Backend parameters}
package policies["genesys-tenant"]["database-tls"]

findings contains {"path": ["tenant", "pgdb", key], "message": message} if {
	input.context.profile == "production"
	some key, "allow" in input.values.tenant.pgdb
	regex.match(`(?i)^((db)?ssl(mode|usage)?|tls)$`, key)
	message := sprintf("%s \"allow\" accepts database connections without TLS; write \"require\" for production", [key])
}
