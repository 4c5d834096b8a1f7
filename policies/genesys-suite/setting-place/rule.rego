# METADATA
# title: Write settings where the chart reads them
# description: >-
#   Many charts keep their settings below a parent of their own, such as wwe, tlm, ges, das, optional or
#   k8s_optional. A copy at the top of the file is accepted by Helm and never read.
# custom:
#   severity: warning
#   remediation: Move the setting to the path that the message names.
#   facts: [SUI-067, SUI-169]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Overriding Helm chart values}
package policies["genesys-suite"]["setting-place"]

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"path": [key], "key": true, "message": message} if {
	some key, kind in top
	object.get(input.values, key, null) != null
	paths := object.get(tables.value_paths, [suite.chart, kind], [])
	count(paths) > 0
	not key in roots
	message := sprintf("the chart %s does not read %s here; move it to %s", [
		object.get(tables.chart_keys, suite.chart, suite.chart), key, lib.join_words(paths, "or"),
	])
}

# What stands at the top of other charts, and the column of the table that tells its place in this one.
top := {
	"priorityClassName": "priorityClassName", "securityContext": "securityContext", "nodeSelector": "nodeSelector",
	"tolerations": "tolerations", "affinity": "affinity", "replicaCount": "replicas", "image": "imageRegistry",
	"ingress": "ingress",
}

# The keys that the chart does have at its top.
roots := {split(path, ".")[0] |
	some kind, paths in tables.value_paths[suite.chart]
	is_array(paths)
	some path in paths
}
