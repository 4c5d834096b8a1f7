package policies["genesys-tenant"].lib

import data.policies.lib

upstream_path := ["tenant", "general", "upstreamServices"]

# upstream_ports are the local ports that the documents give to the services.
upstream_ports := {"voice-sipfe": 9101, "voice-config": 9100, "ixn-server": 7120, "ixn-vqnode": 7122}

# upstream_text is the setting as it is written, with placeholders and template expressions.
upstream_text := text if {
	text := input.values.tenant.general.upstreamServices
	is_string(text)
}

# upstreams are the entries of the setting in order, without blanks around them, quotation marks and empty entries.
#   text     the entry
#   name     what stands before the first colon that is not part of a placeholder
#   port     what stands between the first and the second colon, "" without one
#   more     what stands behind the second colon
#   service  the name without the tenant id, a key of upstream_ports where the service is documented
#   tenant   the rest of the name of an Interaction service, where the tenant id belongs; absent for other services
#   known    the name does not wait for a placeholder
upstreams := [_upstream(text) |
	some part in regex.find_n(_upstream_entry, regex.replace(upstream_text, `["']`, ""), -1)
	text := trim_space(part)
	text != ""
]

# Commas and colons inside placeholders and template expressions do not separate.
_upstream_entry := `(?s)(?:\$\{[^}]*\}|\{\{[^{},]*\}\}|[^,])+`

_upstream_parts := `^(?s)((?:\$\{[^}]*\}|\{\{[^{},]*\}\}|[^:])*)(?::([^:]*))?(?::(.*))?$`

_upstream(text) := object.union(entry, _upstream_service(entry.name)) if {
	[_, name, port, more] := regex.find_all_string_submatch_n(_upstream_parts, text, 1)[0]
	entry := {
		"text": text,
		"name": name,
		"port": trim_space(port),
		"more": more,
		"known": _upstream_known(name),
	}
}

_upstream_service(name) := {"service": service, "tenant": substring(name, count(service) + 1, -1)} if {
	some service in ["ixn-server", "ixn-vqnode"]
	startswith(name, concat("", [service, "-"]))
} else := {"service": name}

default _upstream_known(_) := false

_upstream_known(name) if lib.known(name)

# upstream_port is the port of an entry as a number.
upstream_port(entry) := port if {
	regex.match(`^[1-9][0-9]{0,4}$`, entry.port)
	port := to_number(entry.port)
	port <= 65535
}

# is_tenantid_template says that a text is the only template expression that the documents give.
is_tenantid_template(text) if regex.match(`^\{\{-?\s*\$?\.Values\.tenantid\s*-?\}\}$`, text)
