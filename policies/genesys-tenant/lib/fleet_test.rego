package policies["genesys-tenant"].lib_test

import data.policies["genesys-tenant"].lib

# release is a release as rules about the fleet see it; told says more than its chart, such as its location.
release(chart, told, values) := {
	"release": object.union({"chart": {"name": chart}, "namespace": "voice"}, told),
	"values": values,
	"expanded": values,
	"context": {},
	"packs": [concat("-", ["genesys", chart])],
	"whole": true,
}

# fleet is an input whose releases are all there are.
fleet(releases) := {"releases": releases, "fleet_declared": true, "context": {}}

# upgrade is an input of a release that is upgraded.
upgrade(before, after) := {
	"values": after,
	"expanded": after,
	"context": {},
	"release": {"name": "t0300"},
	"previous": {"values": before, "expanded": before, "release": {"name": "t0300"}},
}

id(end) := sprintf("9d6b0f5e-7c41-4b7e-8f4e-2a6f1c3d%s", [end])

at(name, location, values) := release("tenant", {"name": name, "location": location}, values)

test_groups if {
	lib.groups([["b", 2], ["a", 3], ["b", 1]]) == [[["a", 3]], [["b", 1], ["b", 2]]]
	lib.groups([]) == []
	lib.repeats([["b", 2], ["a", 3], ["b", 1]]) == [{"first": 1, "later": 2, "key": "b"}]
	lib.members([["b", 1, "x"], ["b", 1, "y"], ["b", 2, "x"]]) == [1, 2]
}

test_one_tenant_at_several_locations if {
	releases := [at("t0300", "west", {}), at("t0400", "west", {}), at("t0300", "east", {})]
	lib.tenant_sites == [[0, 2]] with input as fleet(releases)
}

test_other_names_same_id if {
	releases := [at("a", "west", {"tenantid": id("0300")}), at("b", "east", {"tenantid": id("0300")})]
	lib.tenant_sites == [[0, 1]] with input as fleet(releases)
}

test_namespaces_tell_tenants_of_one_name_apart if {
	dev := {"name": "t0300", "location": "west", "namespace": "dev"}
	releases := [at("t0300", "west", {}), release("tenant", dev, {}), at("t0300", "east", {})]
	lib.tenant_sites == [[0, 2]] with input as fleet(releases)
}

test_unknown_location_meets_nobody if {
	some_located := [release("tenant", {"name": "a"}, {}), at("b", "west", {})]
	[member.place | some member in lib.fleet] == ["#0", "west"] with input as fleet(some_located)
	none_located := [release("tenant", {"name": name}, {}) | some name in ["a", "b"]]
	[member.place | some member in lib.fleet] == ["", ""] with input as fleet(none_located)
}

test_database_behind_a_file if {
	values := {"tenant": {
		"pgdb": {"dbname": "/mnt/db/name"},
		"secrets": {"pgdb": {
			"volumes": [{"name": "v", "secret": {"secretName": "s"}}],
			"mounts": [{"name": "v", "mountPath": "/mnt/db"}],
		}},
	}}
	found := lib.fleet_setting(0, ["tenant", "pgdb", "dbname"]) with input as fleet([at("t0300", "", values)])
	found == {"namespace": "voice", "secret": "s", "key": "name"}
}

test_changes if {
	input_of := upgrade({"a": {"b": 1, "c": "$X"}}, {"a": {"b": 2, "c": "x", "d": [true]}})
	lib.changed_below([["a"]]) == [["a", "b"], ["a", "d", 0]] with input as input_of
}
