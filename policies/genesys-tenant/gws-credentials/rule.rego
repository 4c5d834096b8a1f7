# METADATA
# title: Give GWS client id and token when registration is on
# description: >-
#   With tenant.gws.enable "true" the tenant is registered at Genesys Web Services with the client id and the token of
#   tenant.secrets.gws. Without them the registration fails. The other way round, as in the printed basic sample, the
#   secrets are mounted but the tenant is not registered, and GWS-based applications do not see it.
# custom:
#   severity: error
#   remediation: >-
#     Set secretName in tenant.secrets.gws.user and tenant.secrets.gws.pwd, or set tenant.gws.enable to "false".
#   facts: [TEN-089, TEN-168]
#   source: {document: Tenant Service Private Edition Guide, section: Integration; Single service at one location}
package policies["genesys-tenant"]["gws-credentials"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

client := tenant.backends["tenant.secrets.gws.user"]

token := tenant.backends["tenant.secrets.gws.pwd"]

findings contains {
	"path": missing[0].path,
	"facts": ["TEN-089"],
	"related": [{"path": ["tenant", "gws", "enable"], "message": "GWS is enabled here"}],
	"message": sprintf("tenant.gws.enable is \"true\", but the %s missing; set %s", [
		are([backend.label | some backend in missing]),
		concat(" and ", [sprintf("%s.secretName", [lib.path_string(backend.path)]) | some backend in missing]),
	]),
} if {
	input.values.tenant.gws.enable == "true"
	missing := [backend |
		some backend in [client, token]
		backend.mode == "unset"
		not is_object(object.get(input.expanded, backend.path, null))
	]
	judged(count(missing))
}

findings contains {
	"path": ["tenant", "gws", "enable"],
	"severity": "info",
	"related": [{"path": client.at, "message": "the client id"}],
	"message": `tenant.secrets.gws is complete, but the tenant is not registered; set tenant.gws.enable: "true"`,
} if {
	switched_off
	every backend in [client, token] {
		backend.mode in {"file", "env", "direct"}
	}
}

are([label]) := sprintf("%s is", [label])

are([client_label, token_label]) := sprintf("%s and the %s are", [client_label, token_label])

# One of the two does not come without the other. Both may come from another file.
judged(1)

judged(2) if input.whole

switched_off if input.values.tenant.gws.enable == "false"

switched_off if {
	input.whole
	object.get(input.values, ["tenant", "gws", "enable"], "absent") == "absent"
}
