# METADATA
# title: Write upstream services as NAME:PORT,NAME:PORT
# description: >-
#   tenant.general.upstreamServices maps Consul services to local ports of the tenant pod. It is one string:
#   entries are separated by commas, each is a name and a port, and neither a name nor a port occurs twice.
#   A quotation mark inside the value means that YAML saw only one of a pair: the sample of the guide lacks the
#   opening one, and its last port then is 7122 followed by a quotation mark.
# custom:
#   severity: error
#   remediation: >-
#     Write the whole list in one pair of quotation marks, without blanks, such as
#     "voice-sipfe:9101,voice-config:9100".
#   facts: [TEN-090, TEN-158]
#   source: {document: Tenant Service Private Edition Guide, section: Integration}
package policies["genesys-tenant"]["upstream-services"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains object.union(finding, problem) if {
	finding := {"path": tenant.upstream_path, "facts": ["TEN-090"], "holds": true}
	some problem in problems
}

problems contains {"message": message, "facts": ["TEN-090", "TEN-158"], "fix": clean} if {
	some part in split(tenant.upstream_text, ",")
	regex.match(`["']`, part)
	message := sprintf(
		"upstream entry %s holds a quotation mark; the opening one is missing, write the whole list in quotes",
		[lib.quote(trim_space(part))],
	)
}

problems contains {"message": message, "fix": clean} if {
	regex.match(`^\s*,|,\s*,|,\s*$`, tenant.upstream_text)
	message := "upstream services have an empty entry; remove the comma that has nothing before or after it"
}

problems contains {"severity": "warning", "message": message, "fix": clean} if {
	regex.match(`^\s|\s$|\s,|,\s`, tenant.upstream_text)
	not regex.match(`["']`, tenant.upstream_text)
	message := "upstream services have blanks around entries; remove them, as in NAME:PORT,NAME:PORT"
}

problems contains {"message": message} if {
	some entry in tenant.upstreams
	message := malformed(entry)
}

problems contains {"severity": "warning", "message": message} if {
	some entry in tenant.upstreams
	entry.more != ""
	tenant.upstream_port(entry)
	message := sprintf(
		"upstream entry %s has a third part %s; only NAME:PORT is documented, write %s:%s",
		[lib.quote(entry.text), lib.quote(entry.more), entry.name, entry.port],
	)
}

problems contains {"message": message} if {
	some i, entry in tenant.upstreams
	some j, other in tenant.upstreams
	i < j
	tenant.same_text(entry.name, other.name)
	entry.name != ""
	message := sprintf(
		"upstream %s is listed twice, as entry %d and %d; remove one of them",
		[lib.quote(entry.name), i + 1, j + 1],
	)
}

problems contains {"message": message} if {
	some port, names in names_by_port
	count(names) > 1
	message := sprintf(
		"upstreams %s share local port %d; give each a port of its own%s",
		[lib.join_words([lib.quote(name) | some name in names], "and"), port, documented_ports(names)],
	)
}

problems contains {"severity": "warning", "message": message} if {
	some entry in tenant.upstreams
	port := tenant.upstream_port(entry)
	expected := tenant.upstream_ports[entry.service]
	port != expected
	count(names_by_port[port]) == 1
	message := sprintf(
		"upstream %s has port %d instead of the documented one; write %s:%d",
		[lib.quote(entry.name), port, entry.name, expected],
	)
}

problems contains {"severity": "warning", "message": message} if {
	some entry in tenant.upstreams
	port := tenant.upstream_port(entry)
	port in {2060, 5050, 5580, 8000, 8888, 15000}
	message := sprintf(
		"upstream %s has port %d, on which the tenant itself listens; choose another local port",
		[lib.quote(entry.name), port],
	)
}

# malformed says what keeps an entry from being NAME:PORT. What the name of an Interaction service carries instead of
# the tenant id is the business of upstream-tenant.
malformed(entry) := sprintf(
	"upstream entry %s uses %s as a separator; separate entries by commas",
	[lib.quote(entry.text), lib.quote(mark)],
) if {
	mark := regex.find_n(`[;|]|\s`, separable(entry), 1)[0]
	regex.match(`[;|]|:.*\s.*:`, entry.text)
} else := sprintf("upstream entry %s has a blank inside; write NAME:PORT", [lib.quote(entry.text)]) if {
	regex.match(`\s`, separable(entry))
} else := sprintf("upstream entry %s has no name; write NAME:PORT", [lib.quote(entry.text)]) if {
	entry.name == ""
} else := bad_port(entry) if {
	not tenant.upstream_port(entry)
} else := sprintf(
	"upstream name %s is no service name; use letters, digits, dots, hyphens and underscores",
	[lib.quote(entry.name)],
) if {
	not entry.tenant
	entry.known
	not regex.match(`^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$`, entry.name)
}

bad_port(entry) := sprintf(
	"upstream entry %s has no port; write %s:%v",
	[lib.quote(entry.text), entry.name, object.get(tenant.upstream_ports, entry.service, "PORT")],
) if {
	entry.port == ""
	not open_ended(entry)
}

bad_port(entry) := sprintf(
	"port %s of upstream %s is no number from 1 to 65535; write %s:%v",
	[lib.quote(entry.port), lib.quote(entry.name), entry.name, object.get(tenant.upstream_ports, entry.service, "PORT")],
) if {
	entry.port != ""
	lib.known(entry.port)
}

# separable is the part of an entry in which a wrong separator can be told from a damaged template expression.
separable(entry) := concat("", [entry.port, entry.more]) if entry.tenant

separable(entry) := entry.text if {
	not entry.tenant
	entry.known
}

# open_ended says that an entry is nothing but a placeholder, which may bring the port, or several entries.
open_ended(entry) if regex.match(`^(\$\{[^}]*\}|\$[A-Za-z_][A-Za-z0-9_]*)$`, entry.text)

names_by_port := {port: names |
	some entry in tenant.upstreams
	port := tenant.upstream_port(entry)
	names := {other.name |
		some other in tenant.upstreams
		tenant.upstream_port(other) == port
	}
}

documented_ports(names) := sprintf(", as in the documented %s", [lib.join_words(ports, "and")]) if {
	ports := [sprintf("%s:%d", [entry.name, port]) |
		some entry in tenant.upstreams
		entry.name in names
		port := tenant.upstream_ports[entry.service]
	]
	count(ports) > 0
} else := ""

clean := {"description": description, "path": tenant.upstream_path, "value": value} if {
	description := "remove quotation marks, blanks and empty entries"
	value := concat(",", [entry.text | some entry in tenant.upstreams])
}
