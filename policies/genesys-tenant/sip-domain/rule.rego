# METADATA
# title: Set the SIP domain of this tenant
# description: >-
#   The SIP domain shapes the SIP URIs between the tenant, the voice platform and a session border controller, so that
#   calls reach nobody when it is wrong. Where its first label carries a tenant, that should be this one.
# custom:
#   severity: warning
#   remediation: Set tenant.general.sipDomain to a full DNS name, such as t0100.voice.example.com.
#   facts: [TEN-092]
#   source: {document: Tenant Service Private Edition Guide, section: Integration}
package policies["genesys-tenant"]["sip-domain"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

path := ["tenant", "general", "sipDomain"]

findings contains {"path": path, "message": message} if {
	input.whole
	object.get(input.values, path, "absent") == "absent"
	message := "tenant.general.sipDomain is not set; write the SIP domain, such as t0100.voice.example.com"
}

findings contains {"path": path, "message": message} if {
	regex.match(`^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$`, input.values.tenant.general.sipDomain)
	message := sprintf(
		"SIP domain %s has one label only; write the full domain, such as t0100.voice.example.com",
		[lib.quote(input.values.tenant.general.sipDomain)],
	)
}

findings contains finding if {
	domain := input.values.tenant.general.sipDomain
	[_, id] := regex.find_all_string_submatch_n(`^t([0-9a-f]{4}|[0-9a-f]{0,2}[0-9][0-9a-f]{0,2})\.`, lower(domain), 1)[0]
	trim_left(id, "0") != trim_left(lower(tenant.short_id), "0")
	finding := {
		"path": path,
		"severity": "info",
		"message": sprintf(
			"SIP domain %s begins with t%s, but the short id of this tenant is %s; write t%s if it means the tenant",
			[lib.quote(domain), id, lib.quote(tenant.short_id), lower(tenant.short_id)],
		),
		"related": [{"path": ["tenantid"], "message": "the id of this tenant"}],
	}
}
