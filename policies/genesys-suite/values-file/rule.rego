# METADATA
# title: Pass a service its own values file
# description: >-
#   Values files carry the name of their service: values_gauth.yaml, designer-values.yaml. A file that is named
#   after another service was most likely meant for that one.
# custom:
#   severity: warning
#   remediation: Pass the file of this service, or rename it.
#   facts: [SUI-136]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: The values.yaml file}
package policies["genesys-suite"]["values-file"]

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite

findings contains {"path": [], "holds": true, "message": message} if {
	some name in input.context.files
	other := foreign_key(name)
	message := sprintf(
		"%s is named after %s and passed to %s; pass the file of this service",
		[name, other, suite.service],
	)
}

findings contains {"command": i, "word": file.word, "message": message} if {
	some i, command in input.commands
	some file in command.values
	key := suite.service_named(command.chart.name)
	key == suite.service
	other := foreign_key(file.name)
	message := sprintf(
		"%s is named after %s and passed to %s; pass the file of this service",
		[file.name, other, suite.service],
	)
}

# foreign_key is the service that a name speaks of, where it does not speak of this one.
foreign_key(name) := other if {
	parts := split(name, "/")
	base := lower(regex.replace(parts[count(parts) - 1], `\.ya?ml$`, ""))
	not speaks_of(base, suite.service)
	some other, _ in tables.services
	other in split(regex.replace(base, `[_.]`, "-"), "-")
	other != suite.service
	not related(other)
}

speaks_of(base, key) if contains(base, key)

speaks_of(base, key) if {
	some alias in tables.services[key].aliases
	contains(base, lower(alias))
}

speaks_of(base, key) if {
	some chart in tables.services[key].charts
	contains(base, chart)
}

# Tenants are a part of voice.
related("voice") if suite.service == "tenant"
