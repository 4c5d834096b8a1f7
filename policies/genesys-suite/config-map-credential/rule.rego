# METADATA
# title: Keep credentials out of ConfigMaps
# description: >-
#   ConfigMaps come from the charts and anyone who may read the namespace can read them. A password or token belongs
#   in a Secret.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: Move the value to a Secret.
#   facts: [SUI-017]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: ConfigMaps}
package policies["genesys-suite"]["config-map-credential"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"manifest": i, "path": ["data", key], "message": message} if {
	some i, item in suite.objects
	item.kind == "ConfigMap"
	some key, value in item.data
	regex.match(`(?i)(^|[._-])(password|passwd|pwd|secret|token|api[_-]?key)$`, key)
	is_string(value)
	value != ""
	lib.known(value)
	not regex.match(`^(/|<|true$|false$)`, value)
	message := sprintf("%s looks like a credential, and ConfigMaps are no secret; move it to a Secret", [key])
}
