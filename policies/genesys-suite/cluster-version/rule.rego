# METADATA
# title: Use the versions of Kubernetes and Helm that the guide names
# description: >-
#   The guide requires Kubernetes 1.25 and Helm 3.0 or later. Older ones lack what the charts use; newer ones of
#   Kubernetes have not been described.
# custom:
#   severity: error
#   needs: fleet, context
#   context: [cluster]
#   remediation: Upgrade the cluster or Helm.
#   facts: [SUI-076, SUI-077]
#   source:
#     document: Setting up Genesys Multicloud CX Private Edition
#     section: Private edition general prerequisites
package policies["genesys-suite"]["cluster-version"]

import data.policies["genesys-suite"].lib as suite

findings contains {
	"context": true,
	"path": path,
	"severity": severity,
	"facts": ["SUI-076"],
	"message": message,
} if {
	some path in [["kubernetesVersion"], ["cluster", "kubernetesVersion"]]
	version := object.get(input.context, path, null)
	version != null
	[severity, message] := kubernetes(version)
}

findings contains {"context": true, "path": path, "facts": ["SUI-077"], "message": message} if {
	some path in [["helmVersion"], ["cluster", "helmVersion"]]
	version := object.get(input.context, path, null)
	version != null
	suite.version_numbers(version)[0] < 3
	message := sprintf("Helm %v is too old; the guide requires 3.0 or later", [version])
}

# A number loses the zero of 1.30.
kubernetes(version) := ["warning", sprintf(
	"%v is a number, so that 1.30 and 1.3 are one; put the version in quotes",
	[version],
)] if {
	is_number(version)
	suite.version_numbers(version)[1] < 10
} else := ["error", sprintf("Kubernetes %v is older than 1.25, which the guide requires; upgrade", [version])] if {
	suite.version_numbers(version) < [1, 25]
} else := [
	"info",
	sprintf("Kubernetes %v is newer than 1.25, the version of the guide; test before you rely on it", [version]),
] if {
	array.slice(suite.version_numbers(version), 0, 2) > [1, 25]
}
