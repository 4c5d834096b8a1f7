# METADATA
# title: Name both GWS hosts when registration is on
# description: >-
#   With tenant.gws.enable "true" the tenant is registered at the environment service, with a token of the
#   authentication service. Without an endpoint the container tries localhost, which works only when an upstream of
#   the service mesh listens there. The two services have hosts of their own.
# custom:
#   severity: warning
#   remediation: >-
#     Set tenant.gws.authEndpoint and tenant.gws.envEndpoint to host names such as gauth-auth.gauth.svc.cluster.local
#     and gauth-environment.gauth.svc.cluster.local.
#   facts: [TEN-085, TEN-183]
#   source: {document: Tenant Service Private Edition Guide, section: Integration}
package policies["genesys-tenant"]["gws-endpoint"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

auth_path := ["tenant", "gws", "authEndpoint"]

env_path := ["tenant", "gws", "envEndpoint"]

findings contains {"path": auth_path, "facts": ["TEN-183"], "severity": "error", "message": message} if {
	enabled
	missing(auth_path)
	message := "GWS is enabled, but authEndpoint is empty; write the host, such as gauth-auth.gauth.svc.cluster.local"
}

findings contains {"path": env_path, "facts": ["TEN-085"], "message": message} if {
	enabled
	missing(env_path)
	not reached_by_mesh
	message := concat("; ", [
		"envEndpoint is empty and no upstream leads to GWS, so the tenant would register at localhost",
		"write the host, such as gauth-environment.gauth.svc.cluster.local",
	])
}

# The same text is the same host, whatever its placeholders stand for.
findings contains finding if {
	enabled
	auth := input.values.tenant.gws.authEndpoint
	env := input.values.tenant.gws.envEndpoint
	host(auth) != ""
	tenant.same_text(host(auth), host(env))
	finding := {
		"path": env_path,
		"facts": ["TEN-085"],
		"holds": true,
		"message": sprintf(
			"envEndpoint and authEndpoint have the same host %s; the environment service has one of its own",
			[lib.quote(env)],
		),
		"related": [{"path": auth_path, "message": "authEndpoint"}],
	}
}

findings contains {"path": auth_path, "facts": ["TEN-183"], "severity": "info", "message": message} if {
	enabled
	auth := input.values.tenant.gws.authEndpoint
	regex.match(`^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)?(\.svc)?(:[0-9]+)?$`, auth)
	message := sprintf(
		"authEndpoint %s seems to be a name of the cluster; write it in full: NAME.NAMESPACE.svc.cluster.local",
		[lib.quote(auth)],
	)
}

enabled if input.values.tenant.gws.enable == "true"

missing(path) if object.get(input.values, path, null) == ""

missing(path) if {
	input.whole
	not lib.present(input.values, path)
}

# An upstream whose name is not known yet may be the one.
reached_by_mesh if {
	some entry in tenant.upstreams
	regex.match(`(?i)gws|gauth|environment`, entry.name)
}

reached_by_mesh if {
	some entry in tenant.upstreams
	not entry.known
	not entry.tenant
}

host(endpoint) := lower(regex.replace(endpoint, `:[0-9]+$`, ""))
