# METADATA
# title: Run on a supported platform
# description: >-
#   Tenant Service is supported on Azure Kubernetes Service, Google Kubernetes Engine and OpenShift.
# custom:
#   severity: warning
#   remediation: Set platform in the context of .helmvet.yaml to aks, gke or openshift, if one of them is meant.
#   facts: [TEN-022]
#   needs: context
#   context: [platform]
#   source: {document: Tenant Service Private Edition Guide, section: Supported Kubernetes platforms}
package policies["genesys-tenant-monitor"]["supported-platform"]

findings contains {"path": [], "holds": true, "message": message} if {
	platform := input.context.platform
	not platform in {"aks", "gke", "openshift"}
	message := sprintf("platform %q is not supported; use aks, gke or openshift", [platform])
}
