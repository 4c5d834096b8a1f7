# METADATA
# title: Install into namespace voice
# description: >-
#   Tenants and tenant-monitor go to namespace voice, beside the Voice services. The documented secrets, commands and
#   alert rules are all about that namespace. A system with one namespace for everything names it as
#   singleNamespace in the context of .helmvet.yaml. default and kube-system are signs of a forgotten -n.
# custom:
#   severity: warning
#   remediation: Install the release into namespace voice.
#   facts: [TEN-195]
#   source:
#     document: Genesys Multicloud CX Private Edition Guide
#     section: Namespaces for Genesys Multicloud CX services
package policies["genesys-tenant"]["release-namespace"]

import data.policies["genesys-tenant"].lib as tenant

findings contains object.union(problem, {"path": [], "holds": true}) if {
	namespace := input.release.namespace
	tenant.own_release
	problem := tenant.wrong_namespace(namespace)
}
