# METADATA
# title: Upgrade by rolling only
# description: >-
#   Rolling Update is the only upgrade strategy of Tenant Service. The blue-green and canary settings of other
#   services of the suite do not apply, and Recreate takes the tenant down.
# custom:
#   severity: warning
#   remediation: Remove the strategy.
#   facts: [TEN-002]
#   source: {document: "Upgrade, roll back, or uninstall Tenant Service", section: Supported upgrade strategies}
package policies["genesys-tenant"]["upgrade-strategy"]

findings contains finding(["deployment", "strategy"], input.values.deployment.strategy)

findings contains finding([service, "deployment", "strategy"], values.deployment.strategy) if {
	some service, values in input.values
}

finding(path, strategy) := {"path": path, "message": message} if {
	name := word(strategy)
	replace(lower(name), "-", "") in {"bluegreen", "canary", "recreate"}
	message := sprintf("upgrade strategy %q is not for Tenant Service, which only rolls; remove it", [name])
}

word(strategy) := strategy if is_string(strategy)

word(strategy) := strategy.type if is_object(strategy)
