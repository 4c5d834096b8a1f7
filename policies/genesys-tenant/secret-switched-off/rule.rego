# METADATA
# title: Do not switch off secrets that are referred to
# description: >-
#   A boolean in each section of tenant.secrets says that the credential comes from a secret instead of a plain value.
#   While it is false, secretName is not read, and the service looks for a plain value that is not there.
# custom:
#   severity: warning
#   remediation: Set enabled to true or remove it.
#   facts: [TEN-054, TEN-056, TEN-058, TEN-062, TEN-088]
#   source: {document: Tenant Service Private Edition Guide, section: Backend parameters; Integration}
package policies["genesys-tenant"]["secret-switched-off"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {
	"path": path,
	"facts": [section.fact],
	"severity": section.severity,
	"related": [{"path": backend.at, "message": "refers to a secret"}],
	"message": sprintf("%s switches secrets off, but the %s refers to one; write true", [
		lib.path_string(path),
		backend.label,
	]),
} if {
	some name, section in sections
	path := ["tenant", "secrets", name, "enabled"]
	object.get(input.values, path, true) in section.off
	backend := [backend |
		some backend in tenant.backends
		array.slice(backend.path, 0, 3) == ["tenant", "secrets", name]
		backend.name != ""
	][0]
	applies(name)
}

# The kind of the flag is documented for GWS alone, where a string is an error by itself.
sections := {
	"pgdb": {"fact": "TEN-054", "severity": "warning", "off": {false, "false"}},
	"consul": {"fact": "TEN-056", "severity": "warning", "off": {false, "false"}},
	"redis": {"fact": "TEN-058", "severity": "warning", "off": {false, "false"}},
	"kafka": {"fact": "TEN-062", "severity": "warning", "off": {false, "false"}},
	"gws": {"fact": "TEN-088", "severity": "error", "off": {false}},
}

applies(name) if name != "gws"

applies("gws") if input.values.tenant.gws.enable == "true"
