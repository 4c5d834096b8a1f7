# METADATA
# title: Name a service account of one's own after the Consul service
# description: >-
#   Where Consul binds the registration of a service to the pod's account, the account carries the name of the service,
#   tenant-<tenantid>. The chart's own account is named that way; one that is made by a manifest has to be as well.
#   An account that the values name while the chart creates none has to exist.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: Name the ServiceAccount tenant-<tenantid> and write that name as serviceAccount.name.
#   facts: [TEN-069]
#   source: {document: Tenant Service Private Edition Guide, section: Kubernetes parameters}
package policies["genesys-tenant"]["service-account-manifest"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

wanted := sprintf("tenant-%s", [lower(tenant.tenant_uuid)])

account := lib.get(input.values, ["serviceAccount", "name"], "")

findings contains {
	"manifest": index,
	"path": ["metadata", "name"],
	"message": sprintf("service account %q of the release is not named like its Consul service; name it %q", [
		manifest.metadata.name,
		wanted,
	]),
} if {
	tenant.objects_given
	some index, manifest in input.manifests
	manifest.kind == "ServiceAccount"
	tenant.in_reach(manifest)
	of_release(manifest)
	not manifest.metadata.name in {wanted, account, lib.get(input.values, ["tenant", "deployment", "nameOverride"], "")}
}

findings contains {
	"path": ["serviceAccount", "name"],
	"severity": severity,
	"message": sprintf(
		"serviceAccount.create is false, and no given manifest makes service account %q; create it, or write create: true",
		[account],
	),
} if {
	tenant.objects_given
	input.values.serviceAccount.create == false
	account != ""
	severity := tenant.missing_severity("ServiceAccount", account)
}

# The labels and annotations that Helm and the charts give to the objects of a release.
of_release(manifest) if manifest.metadata.labels["app.kubernetes.io/instance"] == input.release.name

of_release(manifest) if manifest.metadata.annotations["meta.helm.sh/release-name"] == input.release.name
