# METADATA
# title: Use Kubernetes secrets alone
# description: >-
#   At run time only Kubernetes secrets may be used. The charts can also take secrets from a secret store through a
#   CSI driver or from a key vault; these switches stay off.
# custom:
#   severity: error
#   remediation: Switch the store off, and create Kubernetes secrets.
#   facts: [SUI-071]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Secrets}
package policies["genesys-suite"]["secret-store"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"path": row.path, "message": message} if {
	suite.service_or_foreign
	some row in suite.settings("secretProvider")
	suite.truth(row.value)
	message := sprintf("%s takes secrets from a store, and only Kubernetes secrets may be used; set it to false", [
		suite.text(row.path),
	])
}

findings contains {"path": path, "message": message} if {
	some [path, mode] in modes
	lower(mode) == "csi"
	message := sprintf("%s is csi, and only Kubernetes secrets may be used; write k8s", [suite.text(path)])
}

findings contains {"path": path, "severity": "warning", "message": message} if {
	some [path, mode] in modes
	not lower(mode) in {"k8s", "csi", "env", ""}
	message := sprintf("%s is %s, which is no mode; write k8s", [suite.text(path), lib.quote(mode)])
}

findings contains {"manifest": i, "path": ["kind"], "message": message} if {
	some i, item in suite.objects
	item.kind == "SecretProviderClass"
	message := "a SecretProviderClass reads a secret store, and only Kubernetes secrets may be used; create a Secret"
}

findings contains {"manifest": pod.index, "path": at, "message": message} if {
	some pod in suite.pods
	some i, volume in pod.spec.volumes
	volume.csi.driver == "secrets-store.csi.k8s.io"
	at := array.concat(pod.path, ["volumes", i, "csi", "driver"])
	message := "the volume reads a secret store, and only Kubernetes secrets may be used; mount a Secret"
}

# The modes of secrets are words, at the path of each secret.
modes contains [path, mode] if {
	suite.service_or_foreign
	some name, _ in input.values.secrets
	path := ["secrets", name, "general", "mode"]
	mode := object.get(input.values, path, null)
	is_string(mode)
}

modes contains [["gateway", "secrets", "type"], mode] if {
	suite.service_or_foreign
	mode := input.values.gateway.secrets.type
	is_string(mode)
}
