# METADATA
# title: Leave data stores of charts to the lab
# description: >-
#   Some charts can deploy a small Redis or PostgreSQL of their own. That is one pod, of whatever version its image
#   has. The chart of Consul without its connect injector has no service mesh, which the services need.
# custom:
#   severity: warning
#   context: [environment]
#   remediation: Switch it off, and name the address of a real one.
#   facts: [SUI-086, SUI-087, SUI-090]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Third-party dependencies}
package policies["genesys-suite"]["chart-store"]

import data.policies["genesys-suite"].lib as suite

findings contains {"path": ["redis", "image"], "facts": ["SUI-086"], "message": message} if {
	suite.service_or_foreign
	suite.truth(input.values.redis.deploy)
	image := input.values.redis.image
	is_string(image)
	some found in regex.find_all_string_submatch_n(`:v?(\d+)[^/]*$`, image, 1)
	found[1] != "6"
	message := sprintf(
		"image %q is not Redis 6, and the chart runs one of it alone; use a Redis 6 of your own",
		[image],
	)
}

findings contains {
	"path": ["postgres", "deploy"],
	"severity": "error",
	"facts": ["SUI-090"],
	"message": message,
} if {
	suite.production
	suite.service_or_foreign
	suite.truth(input.values.postgres.deploy)
	message := "the chart's own PostgreSQL is one pod, not for production; write false and name a host"
}

findings contains {
	"path": ["connectInject", "enabled"],
	"severity": "error",
	"facts": ["SUI-087"],
	"message": message,
} if {
	suite.nothing_told
	input.values.connectInject.enabled == false
	message := "without the connect injector Consul has no service mesh, which the services need; write true"
}
