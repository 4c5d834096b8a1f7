# METADATA
# title: Keep all documented upstream services
# description: >-
#   tenant.general.upstreamServices replaces the list of the chart. The tenant needs the voice front end, voice config
#   and both Interaction services, so a list that is written anew has to name all four.
# custom:
#   severity: warning
#   remediation: Append the missing entries, or remove the setting to use the chart's list.
#   facts: [TEN-040]
#   source: {document: Tenant Service Private Edition Guide, section: Specific dependencies}
package policies["genesys-tenant"]["upstream-missing"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {"path": tenant.upstream_path, "holds": true, "message": message} if {
	count(tenant.upstreams) > 0
	missing := [service |
		some service in ["voice-sipfe", "voice-config", "ixn-server", "ixn-vqnode"]
		not listed(service)
	]
	count(missing) > 0

	# An entry that cannot be read, or whose name is not known yet, may be the missing one.
	every entry in tenant.upstreams {
		readable(entry)
	}
	message := sprintf("upstream services lack %s, which the tenant needs; append %q", [
		lib.join_words([name(service, "<tenantid>") | some service in missing], "and"),
		concat("", [sprintf(",%s:%d", [name(service, id), tenant.upstream_ports[service]]) | some service in missing]),
	])
}

listed(service) if {
	some entry in tenant.upstreams
	entry.service == service
}

readable(entry) if entry.tenant

readable(entry) if {
	entry.known
	regex.match(`^[A-Za-z0-9._-]+$`, entry.name)
	not regex.match(`[;|\s]`, entry.text)
}

name(service, suffix) := sprintf("%s-%s", [service, suffix]) if {
	startswith(service, "ixn-")
} else := service

default id := "{{ $.Values.tenantid }}"

id := tenant.tenantid
