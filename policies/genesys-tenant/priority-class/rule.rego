# METADATA
# title: Name a priority class of the suite
# description: >-
#   The suite guide lists genesysengage-critical-priority, -medium-priority and -low-priority and rates Tenant Service
#   as critical. A class of one's own is as good when its manifest is given. A pod that names a class which does not
#   exist is refused.
# custom:
#   severity: warning
#   remediation: Write genesysengage-critical-priority, or give the manifest of the class.
#   facts: [TEN-075]
#   source: {document: Tenant Service Private Edition Guide, section: Kubernetes parameters}
package policies["genesys-tenant"]["priority-class"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {"path": path, "severity": severity, "message": message} if {
	some parent in [[], ["tenant"], ["tenant", "deployment"]]
	path := array.concat(parent, ["priorityClassName"])
	name := object.get(input.values, path, "")
	is_string(name)
	name != ""
	[severity, message] := problem(name)
}

suite := ["genesysengage-critical-priority", "genesysengage-medium-priority", "genesysengage-low-priority"]

problem(name) := [severity, sprintf(
	"no manifest makes PriorityClass %q, so the pods are refused; create it, or write %s",
	[name, choice],
)] if {
	tenant.objects_given
	not startswith(name, "system-")
	severity := tenant.missing_severity("PriorityClass", name)

	# Other manifests do not tell whether a class exists.
	severity != "info"
} else := ["warning", sprintf("priority class %q is not one of the suite; write %q", [name, meant(name)])] if {
	not name in suite
	not tenant.objects("PriorityClass", name)
} else := ["info", sprintf("the suite guide rates the service critical, not %q; write %q", [name, suite[0]])] if {
	name in suite
	name != suite[0]
}

# What to name instead: a class that is given, or else the documented one.
choice := lib.quote(suite[0]) if {
	count(tenant.object_names("PriorityClass")) == 0
} else := lib.join_words([lib.quote(given) | some given in tenant.object_names("PriorityClass")], "or")

meant(name) := class if {
	some class in suite
	startswith(class, sprintf("genesysengage-%s-", [lower(name)]))
} else := suite[0]
