# How many replicas a release runs: what it is told, and what an autoscaler makes of it.
package policies["genesys-suite"].lib

import data.policies["genesys-suite"].data as tables

# mode is the row of the table about high availability.
mode := row_of(tables.ha_dr, here)

# fixed_replicas are the settings that give a number of replicas, as {path, value}, without bounds of autoscalers and
# the database in the chart of GCXI.
fixed_replicas := {row |
	some row in settings("replicas")
	is_number(row.value)
	row.path[count(row.path) - 1] in {"replicaCount", "replicas", "worker"}
}

# autoscalers are the autoscalers that the values switch on, with the bounds that they give: {path, min, max}.
autoscalers := {object.union(row, bounds) |
	some path in _switches
	_switched_on(object.get(input.values, path, null))
	row := {"path": path}
	bounds := {key: found |
		some key, names in {"min": _minimum, "max": _maximum}
		places := [[place, value] |
			some home in _homes(path)
			some name in names
			place := array.concat(home, [name])
			value := object.get(input.values, place, null)
			is_number(value)
		]
		count(places) > 0
		found := {"path": places[0][0], "value": places[0][1]}
	}
}

# autoscaled says that some autoscaler is on.
autoscaled if count(autoscalers) > 0

_minimum := ["minReplicas", "mimimumReplicas", "minReplicaCount"]

_maximum := ["maxReplicas", "maximumReplicas", "maxReplicaCount"]

_switches := {path |
	some row in settings("autoscaling")
	path := row.path
}

_switched_on(value) if truth(value)

_switched_on(value) if truth(value.enabled)

# Bounds stand in the mapping of the switch, beside it, or where WWE and WebRTC have them.
_homes(path) := [
	path, array.slice(path, 0, count(path) - 1), ["wwe", "deployment"], ["gateway", "scaling"], ["coturn", "scaling"],
]
