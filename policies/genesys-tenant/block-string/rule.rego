# METADATA
# title: Give the volume entries as block strings
# description: >-
#   The sample of the guide gives volumes, volumeMounts and initVolumeMounts as text after a block indicator, in which a
#   list is written. A template that inserts text renders a list into something that is no YAML, one that takes both
#   does not mind. The lists below tenant.secrets are real lists in the samples, except that of pgdb.
# custom:
#   severity: info
#   remediation: "Write volumes: | and indent the list below it."
#   facts: [TEN-164]
#   source: {document: Tenant Service Private Edition Guide, section: Samples and references}
package policies["genesys-tenant"]["block-string"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {"path": list.path, "key": true, "message": message} if {
	some list in tenant.entry_lists
	is_array(object.get(input.values, list.path, null))
	message := sprintf("%s is a list, where the guide has a block string; write %s: | above it if the chart refuses it", [
		lib.path_string(list.path),
		list.path[count(list.path) - 1],
	])
}
