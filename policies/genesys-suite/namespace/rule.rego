# METADATA
# title: Deploy each service to its own namespace
# description: >-
#   Each group of services has a namespace with a fixed name; charts and the addresses of other services rely on it.
#   Historical reporting has three, IWD three, and all of Voice shares one. One namespace for everything is what
#   another chapter reckons with; that gives a single warning.
# custom:
#   severity: error
#   needs: fleet
#   remediation: Deploy the release to the namespace that the message names.
#   facts: [SUI-114, SUI-115, SUI-116, SUI-117, SUI-118, SUI-119, SUI-175]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Creating namespaces}
package policies["genesys-suite"].namespace

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {
	"release": member.index,
	"path": [],
	"holds": true,
	"severity": severity,
	"facts": facts,
	"message": message,
} if {
	some member in suite.members
	not suite.site_of(member) in common_sites
	row := row_of(member)
	lib.known(member.namespace)
	not member.namespace in row.namespaces
	[severity, facts, message] := problem(member, row)
}

findings contains {
	"release": min({member.index | some member in group}),
	"path": [],
	"holds": true,
	"severity": "warning",
	"facts": ["SUI-114", "SUI-175"],
	"message": message,
} if {
	some site in common_sites
	group := sites[site]
	some namespace in {member.namespace | some member in group}
	message := sprintf("all services share namespace %s; the guide wants one per group, such as %s for %s", [
		namespace, row_of(first(group)).namespaces[0], first(group).service,
	])
}

problem(member, row) := ["info", ["SUI-119"], sprintf(
	"the guide prints the namespace of %s as %s; %s is what was meant, but scripts may rely on the other",
	[member.name, row.namespaces[0], member.namespace],
)] if {
	member.namespace in row.accepted
} else := ["warning", ["SUI-114"], sprintf(
	"%s is in namespace %s; the guide lists none for it, and other services expect %s",
	[member.name, member.namespace, row.namespaces[0]],
)] if {
	row.uncertain
} else := ["error", array.concat(["SUI-114", "SUI-115"], detail(member)), sprintf(
	"%s is in namespace %s, that of %s; groups do not mix, so deploy it to %s",
	[member.name, member.namespace, suite.names(neighbours(member, row)), row.namespaces[0]],
)] if {
	count(neighbours(member, row)) > 0
} else := ["error", array.concat(["SUI-114"], detail(member)), sprintf(
	"%s is in namespace %s; deploy it to %s, which the guide fixes and addresses in other services rely on",
	[member.name, member.namespace, row.namespaces[0]],
)]

# Services of other groups that the same namespace holds.
neighbours(member, row) := {other |
	some other in residents[[suite.site_of(member), member.namespace]]
	tables.namespaces[other].group != row.group
	tables.namespaces[other].namespaces != row.namespaces
}

residents[[suite.site_of(member), member.namespace]] contains member.service if {
	some member in suite.members
	tables.namespaces[member.service]
}

row_of(member) := tables.namespaces[suite.told(member.release)] if {
	tables.namespaces[suite.told(member.release)]
} else := tables.namespaces[member.service]

detail(member) := ["SUI-116"] if {
	member.service in {"gim", "gca", "gsp"}
} else := ["SUI-117"] if {
	member.service in {"iwd", "iwddm", "iwdem"}
} else := ["SUI-118"] if {
	member.service in {"voice", "tenant"}
} else := ["SUI-119"] if {
	member.service == "gplus-wfm"
} else := []

sites[suite.site_of(member)] contains member if {
	some member in suite.members
	tables.namespaces[member.service]
}

# Sites whose services, of two groups at least, share one namespace.
common_sites := {site |
	some site, group in sites
	count({tables.namespaces[member.service].namespaces | some member in group}) > 1
	count({tables.namespaces[member.service].group | some member in group}) > 1
	count({object.get(member, "namespace", "") | some member in group}) == 1
	every member in group {
		member.namespace
	}
}

first(group) := member if {
	index := min({member.index | some member in group})
	some member in group
	member.index == index
}
