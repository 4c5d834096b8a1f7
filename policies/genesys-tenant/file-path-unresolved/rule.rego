# METADATA
# title: Mount the file that a setting names
# description: >-
#   A setting that starts with a slash names a file inside the container. A secret appears there as one file per key,
#   below the mountPath of its volume, so that the path is mountPath/KEY, compared folder by folder. The file
#   has to be in the main container, and for database, Consul token and service account password in the init containers
#   too. Mounts of tenant.secrets.pgdb and tenant.secrets.consul count for both; mounts in volumeMounts have to be
#   repeated in initVolumeMounts. Without the file the container waits for its backend or stops.
# custom:
#   severity: error
#   remediation: >-
#     Make path, mountPath, volume and key agree, as in: secretName /opt/genesys/kafka-secrets/kafka-secrets, volume
#     kafka-secrets of the secret kafka-secrets-token, mountPath /opt/genesys/kafka-secrets.
#   facts: [TEN-049, TEN-050, TEN-051, TEN-052, TEN-057, TEN-059, TEN-060, TEN-063, TEN-064, TEN-089, TEN-095, TEN-098,
#     TEN-099, TEN-100, TEN-101, TEN-169]
#   source: {document: Tenant Service Private Edition Guide, section: Backend parameters; Extended parameters}
package policies["genesys-tenant"]["file-path-unresolved"]

import data.policies["genesys-tenant"].lib as tenant

findings contains object.union(finding, fix(backend.at, problem)) if {
	some id, problem in tenant.lost_files
	backend := tenant.backends[id]
	finding := {
		"path": object.get(problem, "at", backend.at),
		"severity": problem.severity,
		"facts": facts(backend, problem),
		"related": array.concat(problem.related, [{"path": backend.at, "message": "the setting"} | problem.at]),
		"message": sprintf("the %s is read from %q, %s; %s", [backend.label, backend.file, problem.cause, problem.do]),
	}
}

# A name that becomes the path of a mounted file with a slash before it.
findings contains {
	"path": backend.at,
	"facts": array.concat(backend.facts, ["TEN-064"]),
	"message": sprintf("the %s %q looks like a file path without its leading slash; write %q", [
		backend.label,
		value,
		file,
	]),
} if {
	some id in ["tenant.pgdb.dbuser", "tenant.pgdb.dbname"]
	backend := tenant.backends[id]
	backend.mode == "direct"
	value := object.get(input.expanded, backend.path, "")
	regex.match(`^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)+$`, value)
	file := sprintf("/%s", [value])
	mounted_or_usual(file)
}

fix(path, problem) := {"fix": {
	"description": problem.do,
	"path": path,
	"value": problem.right,
	"safe": false,
}} if {
	not endswith(problem.right, "/KEY")
} else := {}

# A wrong key says nothing about mounts; but the parts of the service account's password are one fact.
facts(backend, problem) := ({fact | some fact in backend.facts} | {"TEN-064"}) | {fact |
	some container in problem.containers
	some fact in backend.needs[container]
	rests_on(problem.about, fact)
}

rests_on("mount", _)

rests_on("key", "TEN-169")

mounted_or_usual(file) if startswith(file, "/opt/genesys/")

mounted_or_usual(file) if count(tenant.mounts_over("main", file)) > 0
