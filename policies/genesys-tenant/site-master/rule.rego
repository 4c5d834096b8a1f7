# METADATA
# title: Have exactly one master among the locations of a tenant
# description: >-
#   tenant.consul.masterdc is the Consul datacenter of the location with the writable database. Every location of the
#   tenant names the same one, the master itself included. homedc is the datacenter of the location, and differs from
#   location to location. Where homedc is not set, the name of the location is taken for it, and findings are warnings.
# custom:
#   severity: error
#   needs: fleet
#   remediation: Write the datacenter of the master in masterdc at all locations, and each location's own in homedc.
#   facts: [TEN-097, TEN-130]
#   source: {document: Tenant Service Private Edition Guide, section: Scalability and redundancy parameters}
package policies["genesys-tenant"]["site-master"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

master_path := ["tenant", "consul", "masterdc"]

home_path := ["tenant", "consul", "homedc"]

# sites are the locations of one tenant with what they tell: {all, lacking, told, first, other}.
sites := [{"all": site, "lacking": lacking, "told": told, "first": told[0], "other": other} |
	some site in tenant.tenant_sites
	lacking := [i | some i in site; tenant.set_datacenter(i, "masterdc") == ""; input.releases[i].whole]
	told := [i | some i in site; tenant.set_datacenter(i, "masterdc") != ""]
	other := [i | some i in told; differs(i, told[0], "masterdc")]
]

differs(i, j, key) if {
	values := [tenant.set_datacenter(i, key), tenant.set_datacenter(j, key)]
	lib.known(values[0])
	lib.known(values[1])
	values[0] != values[1]
}

findings contains {
	"release": i,
	"path": master_path,
	"holds": true,
	"facts": ["TEN-097"],
	"related": [{"release": site.first, "path": master_path, "message": "the master as another location names it"}],
	"message": sprintf("location %q does not say which location is the master; write masterdc: %s, as location %q does", [
		tenant.fleet[i].location,
		tenant.set_datacenter(site.first, "masterdc"),
		tenant.fleet[site.first].location,
	]),
} if {
	some site in sites
	some i in site.lacking
}

findings contains {
	"release": site[0],
	"path": master_path,
	"facts": ["TEN-097"],
	"related": [{"release": i, "path": [], "message": "another location"} | some i in array.slice(site, 1, 3)],
	"message": sprintf("tenant %s is at %d locations, and none says which is the master; write masterdc at all of them", [
		tenant.fleet[site[0]].label,
		count(site),
	]),
} if {
	some site in tenant.tenant_sites
	every i in site {
		tenant.set_datacenter(i, "masterdc") == ""
		input.releases[i].whole
	}
}

findings contains {
	"release": i,
	"path": master_path,
	"related": [{"release": site.first, "path": master_path, "message": "the master there"}],
	"message": sprintf("masterdc is %q here and %q at location %q, so there are two masters; write one at all locations", [
		tenant.set_datacenter(i, "masterdc"),
		tenant.set_datacenter(site.first, "masterdc"),
		tenant.fleet[site.first].location,
	]),
} if {
	some site in sites
	some i in site.other
}

findings contains {
	"release": copy.later,
	"path": home_path,
	"facts": ["TEN-097"],
	"related": [{"release": copy.first, "path": home_path, "message": "the first location with it"}],
	"message": sprintf("homedc %q is the datacenter of location %q; write that of location %q, such as %s", [
		tenant.set_datacenter(copy.later, "homedc"),
		tenant.fleet[copy.first].location,
		tenant.fleet[copy.later].location,
		tenant.fleet[copy.later].location,
	]),
} if {
	some copy in copies
}

findings contains {
	"release": site.first,
	"path": master_path,
	"severity": severity(site.all),
	"related": [{"release": i, "path": home_path, "message": "a location"} | some i in array.slice(site.all, 0, 3)],
	"message": sprintf("masterdc %q is the datacenter of none of the locations: %s; write the one of the master", [
		tenant.set_datacenter(site.first, "masterdc"),
		lib.join_words([sprintf("%s (%s)", [tenant.home_of(i), tenant.fleet[i].location]) | some i in site.all], "and"),
	]),
} if {
	some site in sites
	count(site.other) == 0
	every i in site.all {
		lib.known(tenant.home_of(i))
		tenant.home_of(i) != tenant.set_datacenter(site.first, "masterdc")
	}
	lib.known(tenant.set_datacenter(site.first, "masterdc"))
	count([true | some copy in copies; copy.site == site.all]) == 0
}

# copies are locations whose homedc is that of another one.
copies contains {"site": site.all, "first": first, "later": later} if {
	some site in sites
	homes := [[dc, i] | some i in site.all; dc := tenant.set_datacenter(i, "homedc"); dc != ""; lib.known(dc)]
	some [dc, later] in homes
	first := min([i | some [other, i] in homes; other == dc])
	later != first
}

severity(members) := "error" if {
	every i in members {
		tenant.set_datacenter(i, "homedc") != ""
	}
} else := "warning"
