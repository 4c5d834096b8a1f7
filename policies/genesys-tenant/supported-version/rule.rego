# METADATA
# title: Stay within the supported versions
# description: >-
#   The current version and the two before it are supported (N-2). Versions are compared with the published ones, which
#   are told as `versions` in the context of .helmvet.yaml, oldest first.
# custom:
#   severity: warning
#   needs: context
#   context: [versions]
#   remediation: Upgrade to one of the last three versions, over not more than two of them at a time.
#   facts: [TEN-013]
#   source: {document: "Upgrade, roll back, or uninstall Tenant Service", section: Timing}
package policies["genesys-tenant"]["supported-version"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

path := ["images", "tenant", "tag"]

published := input.context.versions

tag := lib.get(input.values, path, "")

installed := lib.get(object.get(input, "previous", {}), array.concat(["values"], path), "")

# newer are the published versions after one.
newer(version) := [other | some other in published; tenant.version_less(version, other)]

newest := published[count(published) - 1]

findings contains {"path": path, "message": message} if {
	behind := count(newer(tag))
	behind > 2
	message := sprintf("version %s is %d releases behind %s, and two are supported; upgrade to %s or later", [
		lib.quote(tag),
		behind,
		newest,
		published[count(published) - 3],
	])
}

findings contains {
	"path": path,
	"related": [{"previous": true, "path": path, "message": "what is installed"}],
	"message": sprintf("installed version %s is %d releases behind %s, and two are supported; %s", [
		lib.quote(installed),
		behind,
		newest,
		advice,
	]),
} if {
	count(newer(tag)) <= 2
	behind := count(newer(installed))
	behind > 2
}

# An upgrade over more than two versions is not a supported one.
advice := sprintf("go over %s first", [step]) if {
	skipped := [version | some version in newer(installed); tenant.version_less(version, tag)]
	count(skipped) > 2
	step := skipped[2]
} else := "upgrade more often"
