# METADATA
# title: Run as user 500, or leave the ids to the platform as a whole
# description: >-
#   User, group and fsGroup are 500 unless the values say otherwise. For arbitrary user ids, as OpenShift assigns
#   them, all three change together: runAsUser and fsGroup are null, which removes the chart's 500, and runAsGroup is
#   0. A key that is left out keeps 500. Any other mixture leaves files behind that the process may not write, or is
#   refused by the platform. User 0 never starts, because runAsNonRoot is true.
# custom:
#   severity: error
#   context: [platform]
#   remediation: >-
#     Remove all three ids to run as 500, or set tenant.containerSecurityContext.runAsUser null, runAsGroup 0 and
#     tenant.securityContext.fsGroup null.
#   facts: [TEN-070, TEN-105, TEN-109, TEN-159]
#   source: {document: Tenant Service Private Edition Guide, section: Security context configuration}
package policies["genesys-tenant"]["user-ids"]

import data.policies.lib

container_path := ["tenant", "containerSecurityContext"]

pod_path := ["tenant", "securityContext"]

group_path := array.concat(container_path, ["runAsGroup"])

user_path := array.concat(container_path, ["runAsUser"])

fs_path := array.concat(pod_path, ["fsGroup"])

# An id is a number, or null where the platform chooses. Each is undefined while it is not known, or not an id.
user := id(user_path)

group := id(group_path)

fs := id(fs_path)

id(path) := 500 if {
	object.get(input.values, path, "absent") == "absent"
	not cleared(array.slice(path, 0, 2))
} else := null if {
	object.get(input.values, path, 0) in {null, "null", ""}
} else := value if {
	value := object.get(input.values, path, "")
	is_number(value)
}

# cleared says that a whole context is null, which removes the defaults and more with them.
cleared(path) if object.get(input.values, path, {}) == null

# arbitrary says that ids of the platform's choice are wanted.
arbitrary if count(signs) > 0

variant := "containerSecurityContext {runAsUser: null, runAsGroup: 0} and securityContext {fsGroup: null}"

findings contains {"path": container_path, "facts": ["TEN-109"], "message": message} if {
	input.context.platform == "openshift"
	cleared(container_path)
	message := sprintf(
		"null removes the whole container context, runAsNonRoot with it; for arbitrary user ids write %s",
		[variant],
	)
}

findings contains {"path": user_path, "facts": ["TEN-105"], "message": message} if {
	user == 0
	message := "runAsUser 0 is root, and runAsNonRoot refuses to start it; write 500, or null for arbitrary user ids"
}

findings contains {"path": user_path, "facts": ["TEN-070", "TEN-105"], "severity": "warning", "message": message} if {
	not user in {0, 500, null}
	message := sprintf(
		"runAsUser %v is not 500, the user that owns the files of the image; write 500, or null for arbitrary user ids",
		[user],
	)
}

findings contains object.union(incomplete, {"message": message, "related": related}) if {
	arbitrary
	user in {500, null}
	message := sprintf("%s; arbitrary user ids need %s", [incomplete.message, variant])
	related := [{"path": path, "message": "this asks for arbitrary user ids"} |
		some path in signs
		path != incomplete.path
	]
}

findings contains {"path": fs_path, "facts": ["TEN-070", "TEN-159"], "severity": "info", "message": message} if {
	user == null
	group == 0
	fs == 0
	message := "fsGroup 0 gives the volumes to the root group; write null, as documented for arbitrary user ids"
}

findings contains {"path": fs_path, "facts": ["TEN-159"], "severity": "warning", "message": message} if {
	not arbitrary
	user == 500
	fs == 0
	message := "fsGroup 0 gives the volumes to the root group, while the process runs in group 500; write 500"
}

findings contains {"path": group_path, "facts": ["TEN-070"], "severity": "warning", "message": message} if {
	not arbitrary
	user == 500
	group == null
	message := "runAsGroup null leaves the group to the platform while runAsUser is 500; write 500"
}

findings contains {"path": path, "facts": ["TEN-105"], "severity": "warning", "message": message} if {
	not arbitrary
	some path, value in {group_path: group, fs_path: fs}
	is_number(value)
	not value in {0, 500}
	message := sprintf("%s %v is not 500, the group of the files of the image; write 500", [path[2], value])
}

findings contains {"path": user_path, "facts": ["TEN-109"], "severity": "info", "message": message} if {
	input.context.platform == "openshift"
	[user, group, fs] == [500, 500, 500]
	spoken
	message := sprintf(
		"user 500 needs a security context constraint that allows it on OpenShift; for arbitrary user ids write %s",
		[variant],
	)
}

# spoken says that the values tell the ids: they name one, or they are whole and leave them to the chart.
spoken if input.whole

spoken if {
	some path in [user_path, group_path, fs_path]
	lib.present(input.values, path)
}

# incomplete is the first id that does not go with arbitrary user ids.
incomplete := {"path": user_path, "facts": ["TEN-109"], "message": stays(user_path)} if {
	user == 500
} else := {"path": group_path, "facts": ["TEN-070", "TEN-109"], "message": stays(group_path)} if {
	is_number(group)
	group != 0
} else := {"path": fs_path, "facts": ["TEN-109"], "message": stays(fs_path)} if {
	is_number(fs)
	fs != 0
} else := {"path": group_path, "facts": ["TEN-109"], "severity": "warning", "message": "runAsGroup is null"} if {
	group == null
}

stays(path) := sprintf("%s is left out, so that the chart's 500 stays", [path[2]]) if {
	object.get(input.values, path, "absent") == "absent"
} else := sprintf("%s is %v", [path[2], object.get(input.values, path, null)])

# signs are the ids that ask for arbitrary user ids.
signs contains user_path if user == null

signs contains group_path if group == 0

signs contains fs_path if fs == null
