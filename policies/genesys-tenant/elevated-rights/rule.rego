# METADATA
# title: Run the containers without elevated rights
# description: >-
#   The containers run as the genesys user. Both documented security contexts have runAsNonRoot true, and nothing in
#   them is privileged, may escalate, or adds capabilities.
# custom:
#   severity: error
#   remediation: Set runAsNonRoot true and remove privileged, allowPrivilegeEscalation and capabilities.add.
#   facts: [TEN-107]
#   source: {document: Tenant Service Private Edition Guide, section: Security context configuration}
package policies["genesys-tenant"]["elevated-rights"]

context := input.values.tenant.containerSecurityContext

findings contains {"path": ["tenant", "containerSecurityContext", "runAsNonRoot"], "message": message} if {
	context.runAsNonRoot == false
	message := "runAsNonRoot false lets the containers run as root; write true"
}

findings contains {"path": ["tenant", "containerSecurityContext", key], "message": message} if {
	some key in ["privileged", "allowPrivilegeEscalation"]
	context[key] == true
	message := sprintf("%s true gives the containers rights that the service does not need; write false", [key])
}

findings contains {"path": ["tenant", "containerSecurityContext", "capabilities", "add"], "message": message} if {
	added := context.capabilities.add
	is_array(added)
	count(added) > 0
	message := sprintf("capabilities %s are added, but the service needs none; remove the list", [concat(", ", added)])
}
