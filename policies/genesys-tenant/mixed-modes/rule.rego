# METADATA
# title: Configure each credential in one way
# description: >-
#   A credential comes from a file, from an environment variable or, in tests, as a plain value. One pair of
#   flags governs both Redis connections, and one governs GWS client id and token, so that the two have to come the same
#   way. A credential that is given twice is taken from the place that the flags select, which is seldom the one
#   that was changed last. Database host, user and name may differ, but that is worth a second look.
# custom:
#   severity: error
#   remediation: Give both credentials as files, or both by secretName and secretKey; remove plain values.
#   facts: [TEN-058, TEN-067, TEN-089]
#   source: {document: Tenant Service Private Edition Guide, section: Backend parameters; Integration}
package policies["genesys-tenant"]["mixed-modes"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {
	"path": second.at,
	"facts": [fact],
	"related": [{"path": first.at, "message": sprintf("the %s comes %s", [first.label, way[first.mode]])}],
	"message": sprintf("the %s comes %s, but the %s %s; one setting governs both, so give both the same way", [
		second.label,
		way[second.mode],
		first.label,
		way[first.mode],
	]),
} if {
	some [first_id, second_id, fact] in [
		["tenant.secrets.redis.configPwd", "tenant.secrets.redis.streamPwd", "TEN-058"],
		["tenant.secrets.gws.user", "tenant.secrets.gws.pwd", "TEN-089"],
	]
	first := tenant.backends[first_id]
	second := tenant.backends[second_id]
	way[first.mode] != way[second.mode]
}

findings contains {
	"path": backend.at,
	"facts": ["TEN-067"],
	"severity": "warning",
	"related": [{"path": path, "message": "given here too"}],
	"message": sprintf("the %s is given twice, by a secret and in clear text at %s; remove the clear text", [
		backend.label,
		lib.path_string(path),
	]),
} if {
	some backend in tenant.backends
	backend.mode in {"file", "env"}
	some path in backend.direct
}

findings contains {
	"path": direct[0].path,
	"facts": ["TEN-067"],
	"severity": "info",
	"related": [{"path": backend.path, "message": "read from a file"} | some backend in files],
	"message": sprintf("the %s is written down, but the %s from a file; check that this is meant", [
		direct[0].label,
		come(files),
	]),
} if {
	database := [tenant.backends[id] | some id in ["tenant.pgdb.dbhost", "tenant.pgdb.dbuser", "tenant.pgdb.dbname"]]
	direct := [backend | some backend in database; backend.mode == "direct"]
	files := [backend | some backend in database; backend.mode == "file"]
	count(direct) > 0
	count(files) > 0
}

way := {"file": "from a file", "env": "from an environment variable", "direct": "in clear text"}

come([backend]) := sprintf("%s comes", [backend.label])

come(backends) := sprintf("%s come", [lib.join_words([backend.label | some backend in backends], "and")]) if {
	count(backends) > 1
}
