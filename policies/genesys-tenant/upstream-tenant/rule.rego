# METADATA
# title: Name the Interaction services of this tenant as upstreams
# description: >-
#   The upstreams ixn-server-... and ixn-vqnode-... end in the tenant id, either as the UUID or as the template
#   expression {{ $.Values.tenantid }}. With the id of another tenant, interactions go to that tenant's servers;
#   with any other expression or with damaged braces the name leads nowhere.
# custom:
#   severity: error
#   remediation: End both names in the UUID that tenantid has.
#   facts: [TEN-091]
#   source: {document: Tenant Service Private Edition Guide, section: Single service at one location}
package policies["genesys-tenant"]["upstream-tenant"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains object.union({"path": tenant.upstream_path, "holds": true}, problem(entry)) if {
	some entry in tenant.upstreams
	entry.tenant
	not tenant.is_tenantid_template(entry.tenant)
	not tenant.same_text(entry.tenant, object.get(input.values, "tenantid", ""))
}

# Helm takes commas and braces of --set for its own syntax, so an expression needs escaping there.
findings contains finding if {
	some i, layer in input.layers
	startswith(layer.kind, "set")
	text := layer.values.tenant.general.upstreamServices
	is_string(text)
	contains(text, "{{")
	finding := {
		"path": tenant.upstream_path,
		"layer": i,
		"severity": "warning",
		"holds": true,
		"message": sprintf(
			"--%s gives upstream services a template expression, which a shell and Helm may change; write the UUID",
			[layer.kind],
		),
	}
}

problem(entry) := {"message": sprintf(
	"upstream %s ends in an unknown expression; write %s-{{ $.Values.tenantid }}",
	[lib.quote(entry.name), entry.service],
)} if {
	regex.match(`\{\{[^{}]*\}\}`, entry.tenant)
} else := {"message": sprintf(
	"upstream %s has damaged braces; write %s or {{ $.Values.tenantid }} after %s-",
	[lib.quote(entry.name), id, entry.service],
)} if {
	regex.match(`(^|[^$])\{|^[^{]*\}`, entry.tenant)
} else := {
	"message": sprintf(
		"upstream %s belongs to another tenant than tenantid %s; write %s-%s",
		[lib.quote(entry.name), lib.quote(tenant.tenant_uuid), entry.service, tenant.tenant_uuid],
	),
	"related": [{"path": ["tenantid"], "message": "the id of this tenant"}],
} if {
	tenant.is_uuid(entry.tenant)
} else := {
	"severity": "warning",
	"message": sprintf(
		"upstream %s ends in %s instead of the tenant id%s; write %s-%s",
		[lib.quote(entry.name), lib.quote(entry.tenant), short(entry), entry.service, id],
	),
} if {
	not tenant.is_uuid(entry.tenant)
	lib.known(entry.tenant)
}

default id := "<tenantid>"

id := tenant.tenant_uuid

short(entry) := " (that is its short form)" if {
	entry.tenant == tenant.short_id
} else := ""
