# The releases that are linted together: which are tenants, where they are, and which are one tenant at several
# locations. Everything here is computed once. Rules go through groups and never compare each release with each other.
# needs: fleet
package policies["genesys-tenant"].lib

import data.policies.lib

# fleet is aligned with input.releases:
#   chart      tenant, tenant-monitor, or "" for others
#   name, namespace, location   "" where unknown
#   place      where releases meet: their location. One without a location meets others only where none has one
#   room       [place, namespace]; a namespace that is not told is handled in the same way
#   label      how messages call it
fleet := [member |
	some i, release in input.releases
	about := release.release
	location := object.get(about, "location", "")
	namespace := object.get(about, "namespace", "")
	name := object.get(about, "name", "")
	place := _meeting(location, "location", i)
	member := {
		"chart": _chart_of(release),
		"name": name,
		"namespace": namespace,
		"location": location,
		"place": place,
		"room": [place, _meeting(namespace, "namespace", i)],
		"label": _label(name, i),
	}
]

# fleet_tenants and fleet_monitors are the indexes of the releases of the two charts.
fleet_tenants := [i | some i, member in fleet; member.chart == "tenant"]

fleet_monitors := [i | some i, member in fleet; member.chart == "tenant-monitor"]

_chart_of(release) := release.release.chart.name if {
	release.release.chart.name in _fleet_charts
} else := "tenant" if {
	"genesys-tenant" in release.packs
} else := "tenant-monitor" if {
	"genesys-tenant-monitor" in release.packs
} else := ""

_fleet_charts := {"tenant", "tenant-monitor"}

_meeting(text, _, _) := text if text != ""

_meeting("", key, i) := sprintf("#%d", [i]) if _told_somewhere[key]

_meeting("", key, _) := "" if not _told_somewhere[key]

_told_somewhere := {key: true |
	some key in ["location", "namespace"]
	count([true | some release in input.releases; object.get(release.release, key, "") != ""]) > 0
}

_label("", i) := sprintf("number %d", [i + 1])

_label(name, _) := lib.quote(name) if name != ""

# value_of returns what a release sets at a path, "" where it sets nothing.
value_of(i, path) := lib.get(input.releases[i].values, path, "")

# groups puts entries with the same key together: sorted lists of [key, ...]. It takes a list or set of such entries,
# and time in proportion to them. A partial rule that collects sets by key takes the square of it.
groups(entries) := [array.slice(sorted, start, ends[k]) |
	sorted := sort(entries)
	starts := [i | some i, _ in sorted; _starts(sorted, i)]
	ends := array.concat(array.slice(starts, 1, count(starts)), [count(sorted)])
	some k, start in starts
]

_starts(_, 0)

_starts(sorted, i) if sorted[i - 1][0] != sorted[i][0]

# repeats are the members of groups beyond the first one of each: {first, later, key}. The entries are [key, index].
repeats(entries) := [{"first": group[0][1], "later": entry[1], "key": entry[0]} |
	some group in groups(entries)
	some entry in array.slice(group, 1, count(group))
]

# members returns the indexes in a group of [key, index, ...], each once, in order.
members(group) := sort({entry[1] | some entry in group})

# plain_text is a text in which the same placeholder is always written in the same way. Two texts that are equal then
# are equal whatever the placeholders stand for.
plain_text(text) := lower(text) if {
	lib.known(text)
} else := _plain(text)

# fleet_ids are the tenant ids by release, spelt alike.
fleet_ids := {i: plain_text(id) |
	some i in fleet_tenants
	id := input.releases[i].values.tenantid
	is_string(id)
	id != ""
}

# same_id are the releases that have the id of an earlier one at their place.
same_id := repeats([[[fleet[i].place, id], i] | some i, id in fleet_ids])

# tenant_sites are the releases of one tenant at several locations: sorted lists of indexes, one for each location. They
# belong together by their name, or else by their id.
tenant_sites := array.concat(_by_name, _by_id)

_by_name := [site |
	some group in groups([[_site_name(i), i] | some i in _located])
	site := members(group)
	_several(site)
]

# One tenant has one release at a location; of several with one name, those in the same namespace belong together.
_site_name(i) := [fleet[i].name, ""] if not _crowded[fleet[i].name]

_site_name(i) := [fleet[i].name, fleet[i].namespace] if _crowded[fleet[i].name]

_crowded := {group[0][0][0]: true |
	some group in groups([[[fleet[i].name, fleet[i].location], i] | some i in _located])
	count(group) > 1
}

_located := [i | some i in fleet_tenants; fleet[i].location != ""; fleet[i].name != ""]

_by_id := [site |
	some group in groups([[id, i] |
		some i in _located
		not _grouped[i]
		id := fleet_ids[i]
		lib.known(id)
	])
	site := members(group)
	_several(site)
]

_grouped := {i: true | some site in _by_name; some i in site}

_several(site) if {
	count(site) > 1
	count({fleet[i].location | some i in site}) == count(site)
}

# set_datacenter returns a Consul datacenter of a release, "" where it is not set.
set_datacenter(i, key) := value_of(i, ["tenant", "consul", key])

# master_of returns the release of a tenant at its master location: where the datacenter is that of the master.
master_of(site) := master if {
	masters := [i |
		some i in site
		set_datacenter(i, "masterdc") != ""
		set_datacenter(i, "masterdc") == home_of(i)
	]
	count(masters) == 1
	master := masters[0]
}

# home_of is the datacenter of a location, which often bears the name of the location.
home_of(i) := dc if {
	dc := set_datacenter(i, "homedc")
	dc != ""
} else := fleet[i].location

# is_internal says that a host name leads to another host in each cluster.
is_internal(host) if not contains(host, ".")

is_internal(host) if regex.match(`\.svc(\.|$)`, host)

# sidecars_of are the sidecars of a tenant that read a map which tenant-monitor makes, by their key below images.
sidecars_of := {i: keys |
	some i in fleet_tenants
	images := input.releases[i].values.images
	keys := [key |
		some key, stream in log_streams
		images[key].enable == "true"
		_standard([item.configMap.name | some item in input.releases[i].expanded.tenant.logging.volumes[stream.config]])
	]
	count(keys) > 0
}

_standard([])

_standard(maps) if {
	some name in maps
	name in _standard_maps
}

_standard_maps := {stream.map | some stream in log_streams}

# claims_of are the claims that a tenant mounts for its log files: {name, path}.
claims_of := {i: claims |
	some i in fleet_tenants
	claims := [{"name": name, "path": path} |
		some j, item in input.releases[i].expanded.tenant.logging.volumes.log
		name := item.persistentVolumeClaim.claimName
		is_string(name)
		name != ""
		lib.known(name)
		path := ["tenant", "logging", "volumes", "log", j, "persistentVolumeClaim", "claimName"]
	]
	count(claims) > 0
}

# monitors_at are the releases of tenant-monitor, by place.
monitors_at := {place: monitors |
	some place in {fleet[i].place | some i in fleet_monitors}
	monitors := [i | some i in fleet_monitors; fleet[i].place == place]
}

# monitors_of are the releases of tenant-monitor that serve the tenants of a room, by room. A namespace that is not told
# may be the right one.
monitors_of := {room: monitors |
	some room in {fleet[i].room | some i in fleet_tenants}
	monitors := [i |
		some i in object.get(monitors_at, room[0], [])
		_same_namespace(fleet[i].room[1], room[1])
	]
}

_same_namespace(a, b) if a == b

_same_namespace(a, _) if startswith(a, "#")

_same_namespace(_, b) if startswith(b, "#")

# shared_volume is what a release of tenant-monitor says of the log volume that it makes for all tenants.
shared_volume(monitor) := volume if {
	volume := input.releases[monitor].values.tenant.logging.volume
	volume.enabled == "true"
}

# claims_made are the claims that are there for the tenants of a room: those of tenant-monitor, and given manifests.
claims_made := {room: names |
	some room, monitors in monitors_of
	names := {name |
		some monitor in monitors
		name := shared_volume(monitor).logClaim
	} | {name |
		some place in [room[1], ""]
		some name in object.get(_given_claims, place, [])
	}
}

# The names of the given claims, by namespace.
_given_claims := {namespace: names |
	some namespace in {_namespace(m) | some m in input.manifests; m.kind == "PersistentVolumeClaim"}
	names := {m.metadata.name |
		some m in input.manifests
		m.kind == "PersistentVolumeClaim"
		_namespace(m) == namespace
	}
}

_namespace(manifest) := lib.get(manifest, ["metadata", "namespace"], "")

# listing names the first members of a list of releases, each name once.
listing(members) := _listing([fleet[i].label |
	some at, i in members
	every other in array.slice(members, max([0, at - 3]), at) {
		fleet[other].label != fleet[i].label
	}
])

_listing(labels) := lib.join_words(labels, "and") if {
	count(labels) <= 3
} else := sprintf("%s and %d more", [concat(", ", array.slice(labels, 0, 2)), count(labels) - 2])

# keeps_logs says that the log files of a tenant outlive its pods: on a claim for each pod, or on any other volume that
# is no empty directory.
keeps_logs(i) if lib.get(input.releases[i].values, ["tenant", "logging", "volumes", "logPvc", "enabled"], "") == "true"

keeps_logs(i) if {
	some item in input.releases[i].expanded.tenant.logging.volumes.log
	not _in_memory(item)
}

_in_memory(item) if {
	count([key | some key, _ in item; not key in {"name", "emptyDir"}]) == 0
}
