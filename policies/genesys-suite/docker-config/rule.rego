# METADATA
# title: Fill in the login of the registry
# description: >-
#   A docker config holds, for each registry, the base64 form of USER:PASSWORD. The guide prints a text in its
#   place, which no registry accepts.
# custom:
#   severity: error
#   needs: manifests
#   remediation: Create the secret with kubectl create secret docker-registry.
#   facts: [SUI-132]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Downloading using Docker CLI}
package policies["genesys-suite"]["docker-config"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"manifest": i, "path": path, "message": message} if {
	some [i, path, config] in configs
	some registry, entry in config.auths
	is_string(entry.auth)
	not login(entry.auth)
	message := sprintf("the login for %s is no base64 of USER:PASSWORD; put the real one in", [registry])
}

findings contains {"manifest": i, "path": path, "message": message} if {
	some [i, path, config] in configs
	not is_object(object.get(config, "auths", null))
	message := concat(" ", [
		"the docker config has no auths, so that no registry takes the login; create it with",
		"kubectl create secret",
	])
}

findings contains {"manifest": i, "path": path, "message": message} if {
	some [i, path, text] in encoded
	not base64.is_valid(text)
	lib.known(text)
	message := "the docker config is no base64; encode it, or use stringData"
}

encoded contains [i, ["data", ".dockerconfigjson"], text] if {
	some i, item in suite.objects
	item.kind == "Secret"
	text := item.data[".dockerconfigjson"]
	is_string(text)
}

configs contains [i, path, json.unmarshal(text)] if {
	some [i, path, code] in encoded
	base64.is_valid(code)
	text := base64.decode(code)
	json.is_valid(text)
}

configs contains [i, ["stringData", ".dockerconfigjson"], json.unmarshal(text)] if {
	some i, item in suite.objects
	item.kind == "Secret"
	text := item.stringData[".dockerconfigjson"]
	json.is_valid(text)
}

login(auth) if not lib.known(auth)

login(auth) if {
	base64.is_valid(auth)
	regex.match(`^[^:<]+:[^<]+`, base64.decode(auth))
}
