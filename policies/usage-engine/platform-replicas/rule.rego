# METADATA
# title: Run one platform
# description: >-
#   The platform is a StatefulSet with one pod, platform-0. More than one replica is not what the product is made for.
# custom:
#   severity: error
#   remediation: Set replicas to 1, or to 0 to shut the platform down.
#   facts: [UEP-042]
#   needs: manifests
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Shutting Down the Platform}
package policies["usage-engine"]["platform-replicas"]

import data.policies["usage-engine"].lib as usage

findings contains {"manifest": i, "path": ["spec", "replicas"], "message": message} if {
	some i, object in usage.platforms
	object.spec.replicas > 1
	message := sprintf("platform has %d replicas, but is a single pod; write 1", [object.spec.replicas])
}
