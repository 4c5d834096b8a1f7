# METADATA
# title: Name the service account as Consul knows the service
# description: >-
#   Where Consul binds registration to Kubernetes accounts, the account of the pods must carry the name of the service
#   in Consul, tenant-<tenantid>. The account that the chart creates is named that way. The default account of the
#   namespace is not.
# custom:
#   severity: warning
#   remediation: Leave serviceAccount.create true and remove the name, or name the account tenant-<tenantid>.
#   facts: [TEN-069]
#   source: {document: Tenant Service Private Edition Guide, section: Kubernetes parameters}
package policies["genesys-tenant"]["service-account"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {"path": ["serviceAccount", "name"], "message": message} if {
	name := input.values.serviceAccount.name
	is_string(name)
	name != ""
	not fits(name)
	message := sprintf(
		"service account %s is not named as the service in Consul, which may refuse it; write %s or remove the name",
		[lib.quote(name), lib.quote(consul_name)],
	)
}

findings contains finding if {
	input.values.serviceAccount.create == false
	object.get(input.values, ["serviceAccount", "name"], null) in {null, ""}
	token := ["tenant", "secrets", "consul", "acl"]
	lib.present(input.values, token)
	not given
	finding := {
		"path": ["serviceAccount", "create"],
		"holds": true,
		"message": sprintf(
			"pods run as the namespace's default account, which Consul may refuse; write true, or set name to %s",
			[lib.quote(consul_name)],
		),
		"related": [{"path": token, "message": "the Consul token with which the service registers", "key": true}],
	}
}

# given says that a manifest makes the account, so that only its name is missing; service-account-manifest says so.
given if {
	some manifest in input.manifests
	manifest.kind == "ServiceAccount"
	manifest.metadata.name == consul_name
}

default consul_name := "tenant-<tenantid>"

consul_name := sprintf("tenant-%s", [tenant.tenant_uuid])

fits(name) if not lib.known(name)

fits(name) if name == input.values.tenant.deployment.nameOverride

fits(name) if name == consul_name

# While the id is not known, any UUID may be it.
fits(name) if {
	not tenant.tenant_uuid
	startswith(name, "tenant-")
	tenant.is_uuid(substring(name, 7, -1))
}
