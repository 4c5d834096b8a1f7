# METADATA
# title: Pull images from a registry of your own
# description: >-
#   A registry of your own is mandatory: images are copied there, and production uses the copy. The repository of
#   the vendor was announced to end on June 15, 2024, so that values, manifests and commands which still name it are
#   out of date.
# custom:
#   severity: warning
#   remediation: Copy the images to your registry and write its address.
#   facts: [SUI-080, SUI-129, SUI-130]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Downloading / Overview}
package policies["genesys-suite"]["image-registry"]

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"path": path, "severity": severity, "message": message} if {
	suite.service_or_foreign
	not suite.service_is("tenant")
	some [path, value] in texts
	vendor(value)
	message := sprintf(
		"%s is the vendor's registry, which ended in June 2024; write a registry of your own",
		[lib.quote(value)],
	)
}

# Releases that render no pods need no registry.
findings contains {"path": row.path, "severity": "warning", "facts": ["SUI-080"], "message": message} if {
	suite.service_or_foreign
	not suite.service_is("tenant")
	some row in suite.settings("imageRegistry")
	row.value in {"", null}
	message := sprintf("%s is empty, so that the image comes from nowhere in particular; write your registry", [
		suite.text(row.path),
	])
}

findings contains {"manifest": row.index, "path": path, "severity": severity, "message": message} if {
	some row in suite.containers
	vendor(row.container.image)
	path := array.concat(row.path, ["image"])
	message := sprintf("image %s is at the vendor's registry, which ended in June 2024; use a registry of your own", [
		lib.quote(row.container.image),
	])
}

findings contains {"command": i, "word": word, "severity": "warning", "facts": ["SUI-130"], "message": message} if {
	some i, command in input.commands
	some arg in array.concat(command.args, command.flags)
	vendor(arg.value)
	word := object.get(arg, "at", arg.word)
	message := "the vendor's repository ended in June 2024; use one of your own"
}

findings contains {"path": [], "severity": "warning", "facts": ["SUI-130"], "holds": true, "message": message} if {
	some line in input.context.commands
	some word in split(line, " ")
	vendor(word)
	message := sprintf("a planned %s command names the vendor's repository, which ended in June 2024; use your own", [
		split(line, " ")[0],
	])
}

texts contains [row.path, row.value] if {
	some kind in ["imageRegistry", "imageRepository"]
	some row in suite.settings(kind)
	is_string(row.value)
}

vendor(value) if {
	host := trim_prefix(trim_prefix(trim_prefix(lower(value), "https://"), "http://"), "oci://")
	regex.match(`^pureengage[a-z0-9-]*\.jfrog\.io(:[0-9]+)?(/|$)`, host)
}

vendor(value) if {
	some row in tables.vendor_registry_hosts
	contains(lower(value), row.host)
}

severity := "error" if {
	suite.production
} else := "warning"
