# What an upgrade changes: the values before and after it. Values that wait for a placeholder are not compared, unless
# both sides wait for the same one.
# needs: previous
package policies["genesys-tenant"].lib

import data.policies.lib

# was and will_be are the value at a path before and after the upgrade, "" where there is none.
was(path) := lib.get(input.previous.values, path, "")

will_be(path) := lib.get(input.values, path, "")

# changes says that the value at a path is another one after the upgrade, also that it comes or goes.
changes(path) if differs(was(path), will_be(path))

# differs compares two values.
differs(a, b) if {
	lib.known(a)
	lib.known(b)
	a != b
}

# changed_below are the paths of the scalars below one of the paths that change, sorted.
changed_below(paths) := sort([path |
	some top in paths
	before := _scalars(input.previous.values, top)
	after := _scalars(input.values, top)
	some path in (object.keys(before) | object.keys(after))
	differs(_at(before, path), _at(after, path))
])

# object.get would take a list for a path.
_at(scalars, path) := scalars[path]

_at(scalars, path) := "" if not path in object.keys(scalars)

_scalars(tree, top) := {array.concat(top, path): value |
	walk(lib.get(tree, top, {}), [path, value])
	not is_object(value)
	not is_array(value)
	value != null
}

# changed_paths names changed paths for a message.
changed_paths(paths) := lib.join_words([lib.path_string(path) | some path in paths], "and") if {
	count(paths) <= 3
} else := sprintf("%s and %d more", [
	concat(", ", [lib.path_string(path) | some path in array.slice(paths, 0, 2)]),
	count(paths) - 2,
])

# tag_path is where the version of the service stands.
tag_path := ["images", "tenant", "tag"]

# new_image says that the upgrade changes an image tag.
new_image if {
	some image, _ in lib.get(input.values, ["images"], {})
	changes(["images", image, "tag"])
}

# chart_versions are the known versions of the chart: [before, after].
chart_versions := [before, after] if {
	before := input.previous.release.chart.version
	after := input.release.chart.version
	lib.known(before)
	lib.known(after)
}

# new_chart says that the upgrade changes the version of the chart.
new_chart if chart_versions[0] != chart_versions[1]

# service_upgrade says that the version of the service or of the chart changes.
service_upgrade if changes(tag_path)

service_upgrade if new_chart

# goes_back says that the upgrade brings an older version of the service back.
goes_back if version_less(will_be(tag_path), was(tag_path))

# The settings of the database and of Redis.
database_paths := [["tenant", "pgdb"], ["tenant", "secrets", "pgdb"]]

redis_paths := [["tenant", "redis"], ["tenant", "secrets", "redis"]]

# database_kept says that the configuration tells of maintenance in place, which changes no setting of the database.
database_kept if input.context.operation == "dbms-in-place"

# nodes are the numbers of nodes before and after the upgrade; undefined while one of them is not known.
nodes := [_nodes(was(_nodes_path)), _nodes(will_be(_nodes_path))]

_nodes_path := ["tenant", "deployment", "replicaCount"]

_nodes("") := 1

_nodes(count) := count if is_number(count)
