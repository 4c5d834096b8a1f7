# Since when fields exist, by kind and by the path below spec.
package policies.k0rdent.lib

fields := {
	"ServiceTemplateChain": _chain_fields,
	"ClusterTemplateChain": _chain_fields,
	"ServiceTemplate": object.union({"helmOptions": "1.4.0"}, {path: since |
		some option, since in _helm_fields
		path := concat(".", ["helmOptions", option])
	}),
	"ClusterDeployment": object.union(_service_fields, {
		"ipamClaim": "1.0.0",
		"cleanupOnDeletion": "1.4.0",
		"clusterAuth": "1.6.0",
		"dataSource": "1.6.0",
		"auditPolicy": "1.10.0",
		"ipamClaim.spec.clusterNetwork.gateway": "1.1.0",
		"ipamClaim.spec.externalNetwork.gateway": "1.1.0",
		"ipamClaim.spec.nodeNetwork.gateway": "1.1.0",
		"ipamClaim.spec.clusterNetwork.prefix": "1.1.0",
		"ipamClaim.spec.externalNetwork.prefix": "1.1.0",
		"ipamClaim.spec.nodeNetwork.prefix": "1.1.0",
	}),
	"MultiClusterService": object.union(_service_fields, {
		"dependsOn": "1.5.0",
		"keepServicesOnSelectorMismatch": "1.10.0",
	}),
	"AccessManagement": {
		"accessRules.[].clusterAuthentications": "1.6.0",
		"accessRules.[].dataSources": "1.6.0",
		"accessRules.[].clusterAuditPolicies": "1.11.0",
		"accessRules.[].resources": "1.12.0",
	},
}

# newest is the release up to which helmvet knows the fields.
newest := "1.12.0"

_chain_fields := {"supportedTemplates.[].availableUpgrades.[].version": "1.6.0"}

_helm_fields := {
	"installOptions": "1.8.0",
	"upgradeOptions": "1.8.0",
	"uninstallOptions": "1.8.0",
	"installOptions.takeOwnership": "1.9.0",
	"upgradeOptions.takeOwnership": "1.9.0",
}

_service_fields := object.union(
	{
		"serviceSpec.services.[].templateChain": "1.0.0",
		"serviceSpec.provider": "1.3.0",
		"serviceSpec.policyRefs": "1.3.0",
		"serviceSpec.services.[].dependsOn": "1.4.0",
		"serviceSpec.services.[].helmOptions": "1.4.0",
		"serviceSpec.services.[].version": "1.6.0",
		"serviceSpec.services.[].helmAction": "1.8.0",
		"serviceSpec.policyRefs.[].tier": "1.9.0",
		"serviceSpec.policyRefs.[].skipNamespaceCreation": "1.9.0",
		"serviceSpec.policyRefs.[].remoteURL": "1.10.0",
		"serviceSpec.templateResourceRefs.[].ignoreStatusChanges": "1.9.0",
		"serviceSpec.templateResourceRefs.[].watchFields": "1.10.0",
	},
	{path: since |
		some option, since in _helm_fields
		path := concat(".", ["serviceSpec.services.[].helmOptions", option])
	},
)
