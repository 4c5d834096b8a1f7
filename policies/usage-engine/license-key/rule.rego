# METADATA
# title: Replace the license key with that of the new version
# description: >-
#   A license key belongs to a version. It is compared with that of the release that runs when the major or minor
#   version of the chart changes. The key is looked for at licenseKey; tell another path with licenseKey in the
#   context. Its value is never shown.
# custom:
#   severity: warning
#   remediation: Put the key for the version that is installed into the values.
#   facts: [UEP-028]
#   needs: previous
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Preparations (note)}
package policies["usage-engine"]["license-key"]

import data.policies.lib

findings contains {"path": path, "related": related, "message": message} if {
	version_changes
	key := object.get(input.values, path, null)
	key == object.get(input.previous.values, path, null)
	key != ""
	key != null
	lib.known(key)
	related := [{"path": path, "previous": true, "message": "this is the key of the release that runs"}]
	message := sprintf("license key is still that of version %s; put in the key for %s", [old_version, new_version])
}

findings contains {"path": path, "related": related, "message": message} if {
	object.get(input.values, path, "") in {"", null}
	not object.get(input.previous.values, path, "") in {"", null}
	related := [{"path": path, "previous": true, "message": "the release that runs has one here"}]
	message := sprintf("%s is not set, but the release that runs has a license key; put in the key for the new version", [
		lib.path_string(path),
	])
}

findings contains {"path": [], "severity": "info", "holds": true, "message": message} if {
	version_changes
	object.get(input.values, path, null) == null
	object.get(input.previous.values, path, null) == null
	message := sprintf("license key was not checked, because %s is set on neither side; %s", [
		lib.path_string(path),
		"tell its path with licenseKey in the context",
	])
}

path := split(input.context.licenseKey, ".") if {
	input.context.licenseKey
} else := ["licenseKey"]

old_version := object.get(input, ["change", "from"], input.previous.release.chart.version)

new_version := object.get(input, ["change", "to"], input.release.chart.version)

version_changes if minor(old_version) != minor(new_version)

minor(version) := array.slice(split(trim_prefix(version, "v"), "."), 0, 2)
