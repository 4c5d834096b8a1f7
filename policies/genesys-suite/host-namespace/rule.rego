# METADATA
# title: Follow the namespaces of services in their addresses
# description: >-
#   Addresses of services hold their namespaces: gauth-auth.gauth, gws-service-proxy.gws. Where a service is
#   released to another namespace than the address says, it is not found.
# custom:
#   severity: warning
#   needs: fleet
#   remediation: Write the namespace that the service is released to.
#   facts: [SUI-120]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Creating namespaces}
package policies["genesys-suite"]["host-namespace"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"release": member.index, "path": path, "message": message} if {
	some member in suite.members
	some place in places
	tree := object.get(member.release.values, place, null)
	walk(tree, [rest, text])
	is_string(text)
	lib.known(text)
	some part in regex.split(`[;, ]`, text)
	[name, namespace] := address(part)
	target := target_of(name)
	homes := released[[suite.site_of(member), target]]
	not namespace in homes
	path := array.concat(place, rest)
	message := sprintf("%s.%s is no address of %s, which is released to namespace %s; write %s.%s", [
		name, namespace, target, concat(" and ", sort(homes)), name, min(homes),
	])
}

released[[suite.site_of(member), member.service]] contains member.namespace if {
	some member in suite.members
	lib.known(member.namespace)
}

# The name and the namespace of an address within the cluster: NAME.NAMESPACE, or NAME.NAMESPACE.svc and more.
address(text) := [labels[0], labels[1]] if {
	host := regex.replace(regex.replace(lower(text), `^[a-z+]+://([^/@]*@)?`, ""), `[:/?].*$`, "")
	labels := split(host, ".")
	count(labels) > 1
	regex.match(`^[a-z0-9-]+$`, labels[0])
	regex.match(`^[a-z]([a-z0-9-]*[a-z0-9])?$`, labels[1])
	array.slice(array.concat(labels, ["svc"]), 2, 3) == ["svc"]
	not labels[1] in domains
}

# Two labels may as well be a name from outside.
domains := {
	"com", "net", "org", "io", "dev", "cloud", "app", "info", "biz", "local", "internal", "intranet", "lan", "corp",
	"test", "example", "localhost", "localdomain",
}

target_of(name) := "gauth" if {
	regex.match(`^gauth-(auth|environment|auth-ui)`, name)
} else := "gws" if {
	regex.match(`^gws-(service-proxy|ingress|core|app|ui|service)`, name)
} else := "voice" if {
	regex.match(`^voice-(agent|callthread|config|dialplan|ors|registrar|rq|sip|voicemail)`, name)
} else := "nexus" if {
	regex.match(`^nexus(-production)?$`, name)
} else := "tenant" if regex.match("^tenant-[0-9a-f]{4}", name)

places := [
	["ges", "configMap", "integrations", "gws", "auth"], ["gws", "core"], ["gws", "auth"], ["gauth", "auth", "url"],
	["gauth", "env", "url"], ["nexus", "url"], ["gateway"], ["tenant", "gws"], ["designer", "designerConfig", "envs"],
	["das", "dasConfig", "envs"], ["services", "auth", "env"], ["services", "environment", "env"],
	["deployment", "upstreamServices"], ["tenant", "general", "upstreamServices"], ["context", "envs", "gws"],
	["tlm", "context", "envs"],
]
