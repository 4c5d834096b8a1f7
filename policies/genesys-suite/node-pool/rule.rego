# METADATA
# title: Size node pools as the guide does
# description: >-
#   Nodes of the general pool have 4 GiB of memory for each vCPU, nodes for third-party services 8. Third-party
#   services that run in the cluster want a pool of their own.
# custom:
#   severity: info
#   needs: fleet, context
#   context: [cluster]
#   remediation: Choose a machine type with that ratio.
#   facts: [SUI-011, SUI-013]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Deployment / Node pools}
package policies["genesys-suite"]["node-pool"]

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite

findings contains {
	"context": true,
	"path": ["cluster", "nodePools", i, "memoryGiB"],
	"facts": [facts[pool.name]],
	"message": message,
} if {
	some i, pool in suite.cluster.nodePools
	want := tables.node_pools[pool.name].ratioGiBPerVcpu
	pool.vcpu > 0
	ratio := pool.memoryGiB / pool.vcpu
	abs(ratio - want) > want / 10
	message := sprintf("pool %s has %v GiB for %v vCPU; the guide wants %d GiB for each, that is %v", [
		pool.name, pool.memoryGiB, pool.vcpu, want, want * pool.vcpu,
	])
}

findings contains {"context": true, "path": ["cluster", "nodePools"], "facts": ["SUI-013"], "message": message} if {
	count(suite.cluster.nodePools) > 0
	not "third-party" in {pool.name | some pool in suite.cluster.nodePools}
	inside := {entry.name |
		some entry in suite.listed
		entry.type in suite.data_stores
		entry.product.cluster == suite.cluster.name
	}
	count(inside) > 0
	message := sprintf(
		"%s runs in the cluster, and no node pool is called third-party; add one",
		[suite.names(inside)],
	)
}

facts := {"general": "SUI-011", "third-party": "SUI-013"}
