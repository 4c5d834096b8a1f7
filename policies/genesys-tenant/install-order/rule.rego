# METADATA
# title: Deploy services and locations in the documented order
# description: >-
#   Consul, Kafka, Authentication and the Voice services come before the tenant; GWS, WWE and WebRTC after it. Of
#   several locations the master is first. The order is read from `order` in the context of .helmvet.yaml, a list of
#   releases or locations.
# custom:
#   severity: warning
#   needs: fleet, context
#   context: [order]
#   remediation: Change the order of the installation.
#   facts: [TEN-131, TEN-196]
#   source:
#     document: Setting up Genesys Multicloud CX Private Edition
#     section: Deployment order of Genesys Multicloud CX services
package policies["genesys-tenant"]["install-order"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

# first_turn is the place of each name in the order.
first_turn := object.union_n([{name: turn} |
	some back, _ in input.context.order
	turn := (count(input.context.order) - 1) - back
	name := input.context.order[turn]
])

# stages are the names that have to be in order: 1 comes before the tenants, 2 are tenants, 3 comes after them.
stages := [stage(name) | some name in input.context.order]

stage(name) := 2 if {
	name in tenant_names
} else := 2 if {
	regex.match(`^(voice-)?t[0-9a-f]{4}$`, name)
} else := 1 if {
	regex.match(`^(consul|kafka|gauth|voice)(-|$)`, name)
} else := 3 if {
	regex.match(`^(gws|wwe|webrtc)(-|$)`, name)
} else := 0

tenant_names := {tenant.fleet[i].name | some i in tenant.fleet_tenants}

# late are the first names that come after what they belong before: [turn, the other turn].
late contains [turn, other] if {
	some [before, after] in [[1, 2], [2, 3]]
	other := min([turn | some turn, n in stages; n == after])
	turn := min([turn | some turn, n in stages; n == before; turn > other])
}

findings contains {
	"context": true,
	"path": ["order", turn],
	"facts": ["TEN-196"],
	"message": sprintf("%s is deployed after %s; the documents deploy it before: move it up", [
		lib.quote(input.context.order[turn]),
		lib.quote(input.context.order[other]),
	]),
} if {
	some [turn, other] in late
}

findings contains {
	"context": true,
	"path": ["order", turn],
	"facts": ["TEN-131"],
	"related": [{"release": master, "path": ["tenant", "consul", "masterdc"], "message": "the master of the tenant"}],
	"message": sprintf("location %q is installed before %q, the master of tenant %s; install the master first", [
		input.context.order[turn],
		tenant.fleet[master].location,
		tenant.fleet[master].label,
	]),
} if {
	some site in tenant.tenant_sites
	master := tenant.master_of(site)
	first := first_turn[tenant.fleet[master].location]
	turn := min([turn | some i in site; turn := first_turn[tenant.fleet[i].location]; turn < first])
}
