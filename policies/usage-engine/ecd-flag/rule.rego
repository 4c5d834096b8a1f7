# METADATA
# title: "Put manualUpgrade directly under spec, as a boolean"
# description: >-
#   manualUpgrade of an ECDeployment is a boolean directly under spec. At another level nothing reads it, and the word
#   "true" in quotes is no boolean.
# custom:
#   severity: error
#   remediation: >-
#     Write spec.manualUpgrade: true.
#   facts: [UEP-038]
#   needs: manifests
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Editing ECD to Manual Upgrade}
package policies["usage-engine"]["ecd-flag"]

import data.policies.lib
import data.policies["usage-engine"].lib as usage

findings contains {"manifest": i, "path": ["spec", "manualUpgrade"], "message": message} if {
	some i, object in usage.ecds
	flag := object.spec.manualUpgrade
	not is_boolean(flag)
	lib.known(flag)
	message := sprintf("manualUpgrade is %s, not a boolean; write true or false without quotes", [lib.quote(flag)])
}

findings contains {"manifest": i, "path": path, "key": true, "message": message} if {
	some i, object in usage.ecds
	walk(object, [path, _])
	path[count(path) - 1] == "manualUpgrade"
	path != ["spec", "manualUpgrade"]
	not free_form(path)
	message := sprintf("manualUpgrade is not read at %s; move it to spec.manualUpgrade", [lib.path_string(path)])
}

# Names of labels and annotations are anybody's.
free_form(path) if {
	some key in path
	key in {"annotations", "labels"}
}
