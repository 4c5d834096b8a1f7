# Which steps of the runbook (data/runbook.yaml) an upgrade needs. A condition that is not here is not known.
# needs: previous
package policies["genesys-tenant"].lib

# The version of the service moves, not only its settings.
runbook["service-upgrade"] if service_upgrade

runbook["service-upgrade"] := false if not service_upgrade

runbook["first-location"] if not at_replica

runbook["first-location"] := false if at_replica

runbook["several-locations"] if several_locations

runbook["several-locations"] := false if {
	not several_locations
	input.fleet_declared
}

several_locations if at_replica

several_locations if count({about.location | about := input.releases[_].release; about.name == input.release.name}) > 1

runbook["one-node"] := max(nodes) == 1

runbook["redis"] := count(changed_below(redis_paths)) > 0

runbook["redis-many-nodes"] if {
	runbook_redis
	max(nodes) > 1
}

runbook["redis-many-nodes"] := false if not runbook_redis

runbook["redis-many-nodes"] := false if max(nodes) == 1

runbook_redis if count(changed_below(redis_paths)) > 0

runbook["database"] := count(changed_below(database_paths)) > 0

# Nothing but image tags changes, so --set does it.
runbook["image-only"] if runbook_image_only

runbook["image-only"] := false if not runbook_image_only

runbook["more-than-image"] if not runbook_image_only

runbook["more-than-image"] := false if runbook_image_only

runbook_image_only if {
	new_image
	not new_chart
	without_tags(input.previous.values) == without_tags(input.values)
}

without_tags(values) := {[path, value] |
	walk(values, [path, value])
	not is_object(value)
	not _tag(path)
}

_tag(path) if {
	count(path) == 3
	path[0] == "images"
	path[2] == "tag"
}
