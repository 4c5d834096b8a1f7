# METADATA
# title: Remove what the chosen kind of reference does not use
# description: >-
#   A credential that comes as an environment variable needs neither volume nor mount, and one that comes as a file
#   needs no secretKey. What is left over does no harm, but it suggests that the other way was meant.
# custom:
#   severity: info
#   remediation: Remove the mount with its volume, or write the path of the mounted file into secretName.
#   facts: [TEN-065, TEN-066]
#   source: {document: Tenant Service Private Edition Guide, section: Backend parameters}
package policies["genesys-tenant"]["unused-secret-setting"]

import data.policies["genesys-tenant"].lib as tenant

findings contains {
	"path": mount.path,
	"facts": ["TEN-065"],
	"related": [{"path": backend.at, "message": "comes as an environment variable"}],
	"message": sprintf("nothing is read from the mount of %q, since the %s comes as an environment variable; remove it", [
		mount.name,
		backend.label,
	]),
} if {
	some section in by_variable
	not section in undecided
	some mount in tenant.mounts
	mount.section == section
	not mount.path in read
	backend := first(section)
}

findings contains {
	"path": array.concat(backend.path, ["secretKey"]),
	"facts": ["TEN-066"],
	"related": [{"path": backend.at, "message": "the file"}],
	"message": sprintf("secretKey of the %s is not used, since secretName names a file with another key; remove it", [
		backend.label,
	]),
} if {
	some backend in tenant.backends
	backend.kind == "credential"
	backend.file
	backend.key != ""
	not endswith(backend.file, concat("/", ["", backend.key]))
}

# by_variable are the sections of the backends that come as environment variables.
by_variable := {backend.section |
	some backend in tenant.backends
	backend.mode == "env"
	count(backend.section) > 0
}

first(section) := [backend |
	some backend in tenant.backends
	backend.section == section
	backend.mode == "env"
][0]

undecided := {backend.section |
	some backend in tenant.backends
	undecided_yet(backend)
}

undecided_yet(backend) if backend.mode in {"unknown", "incomplete"}

undecided_yet(backend) if {
	backend.mode == "file"
	not backend.file
}

# read are the paths of the mounts that some file lies below.
read := {mount.path |
	some backend in tenant.backends
	some mount in tenant.all_mounts_over(backend.file)
}
