# METADATA
# title: Run GKE as the guide supports it
# description: >-
#   On GKE the guide supports the public Google Cloud with VPC-native clusters in standard mode, and recommends the
#   Container-Optimized OS. Clusters on premises, Autopilot and routes-based networks are not supported.
# custom:
#   severity: error
#   needs: fleet, context
#   context: [platform, architecture, cluster]
#   remediation: Create the cluster as the message says.
#   facts: [SUI-019, SUI-020, SUI-021, SUI-022, SUI-024]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: GKE}
package policies["genesys-suite"]["gke-model"]

import data.policies["genesys-suite"].lib as suite

findings contains {
	"context": true,
	"path": ["architecture"],
	"facts": ["SUI-019"],
	"message": "GKE is supported in the public Google Cloud only, not in data centers of one's own; write cloud",
} if {
	suite.gke
	input.context.architecture == "private-data-center"
}

findings contains {"context": true, "path": path, "severity": severity, "facts": [fact], "message": message} if {
	suite.gke
	some [key, unwanted, severity, fact, message] in settings
	value := suite.cluster[key]
	value == unwanted
	path := ["cluster", key]
}

findings contains {
	"context": true,
	"path": ["cluster", "nodeImage"],
	"severity": "info",
	"facts": ["SUI-020"],
	"message": sprintf("the guide recommends cos_containerd for Linux nodes of GKE, not %s", [image]),
} if {
	suite.gke
	image := suite.cluster.nodeImage
	lower(image) != "cos_containerd"
}

findings contains {
	"context": true,
	"path": ["cluster", "mode"],
	"facts": ["SUI-024"],
	"message": "clusters in Autopilot mode are not supported; create a standard cluster",
} if {
	suite.gke
	lower(suite.cluster.mode) == "autopilot"
}

findings contains {
	"context": true,
	"path": ["commands", i],
	"severity": "warning",
	"facts": ["SUI-022"],
	"message": message,
} if {
	some i, command in input.context.commands
	regex.match(`\bgcloud\s+(\w+\s+)?container\s+clusters\s+create\s`, command)
	not regex.match(`\s--enable-ip-alias\b`, command)
	message := "VPC peering needs a cluster with alias addresses; add --enable-ip-alias to the command"
}

findings contains {"context": true, "path": ["commands", i], "facts": ["SUI-024"], "message": message} if {
	some i, command in input.context.commands
	regex.match(`\bgcloud\s+(\w+\s+)?container\s+clusters\s+create-auto\b`, command)
	message := "create-auto makes an Autopilot cluster, which is not supported; write create with --enable-ip-alias"
}

settings := {
	[
		"public", false, "warning", "SUI-019",
		"the product has been tested on public GKE clusters only; expect no support for a private one",
	],
	["vpcNative", false, "error", "SUI-021", "routes-based clusters are not supported; create a VPC-native one"],
	[
		"ipAlias",
		false,
		"warning",
		"SUI-022",
		"VPC peering needs alias addresses; create the cluster with --enable-ip-alias",
	],
}
