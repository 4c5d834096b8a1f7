# METADATA
# title: Give each image an explicit tag of numbers
# description: >-
#   Images are pulled by name and tag. A tag such as latest points to something else tomorrow; 9.0.1xx.xx.xx is the
#   pattern of the guide and no version; an unquoted 9.0 is a number to YAML.
# custom:
#   severity: warning
#   remediation: Write the full version between quotes, such as "100.0.116.4200".
#   facts: [SUI-133, SUI-141]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Using the --set flag}
package policies["genesys-suite"]["image-tag"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"path": row.path, "severity": severity, "facts": facts, "message": message} if {
	suite.service_or_foreign
	not suite.service_is("tenant")
	some row in suite.settings("imageTag")
	[severity, facts, message] := problem(row.value)
}

findings contains {"manifest": row.index, "path": path, "facts": ["SUI-133"], "message": message} if {
	some row in suite.containers
	image := row.container.image
	floating(image)
	path := array.concat(row.path, ["image"])
	message := sprintf("image %s has no fixed version; add the tag that was tested", [lib.quote(image)])
}

problem(tag) := ["warning", ["SUI-133"], "latest is another image tomorrow; write the version that was tested"] if {
	lower(tag) == "latest"
} else := ["error", ["SUI-141"], sprintf("%q is the pattern of the guide; write the version itself", [tag])] if {
	is_string(tag)
	regex.match(`^[0-9]+(\.[0-9x]+)*\.?[0-9]*x`, lower(tag))
} else := ["warning", ["SUI-141"], sprintf(
	"%v is a number to YAML and may lose digits; write it between quotes",
	[tag],
)] if {
	is_number(tag)
} else := ["warning", ["SUI-141"], sprintf("%q is no version; write numbers with dots between them", [tag])] if {
	is_string(tag)
	tag != ""
	lib.known(tag)
	not regex.match(`^v?[0-9]+(\.[0-9]+)*([-+._][0-9A-Za-z.+_-]*)?$`, tag)
	not startswith(tag, "sha256:")
}

floating(image) if {
	lib.known(image)
	not contains(image, "@")
	parts := split(image, "/")
	name := parts[count(parts) - 1]
	not contains(name, ":")
}

floating(image) if endswith(image, ":latest")
