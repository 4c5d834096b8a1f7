# METADATA
# title: Write a version constraint that holds
# description: >-
#   k8sConstraint is a constraint on Kubernetes versions, such as >=1.28.0. It has to be readable, and the cluster's
#   version, which its ClusterTemplate states, has to satisfy the constraint of every service that is not disabled.
# custom:
#   severity: error
#   needs: manifests
#   remediation: >-
#     Write a constraint such as ">=1.28.0" or ">=1.28, <1.33"; use a service template for the version of the
#     cluster.
#   facts: [K0R-055]
#   source:
#     document: k0rdent/kcm source code
#     section: "internal/util/validation/cluster_template.go, ClusterTemplateK8sCompatibility"
package policies.k0rdent["kubernetes-constraint"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": i,
	"path": ["spec", "k8sConstraint"],
	"message": sprintf("k8sConstraint %q is no version constraint; write one such as %q", [text, ">=1.28.0"]),
} if {
	some i, template in k0.of("ServiceTemplate")
	text := template.spec.k8sConstraint
	is_string(text)
	text != ""
	lib.known(text)
	not k0.constraint(text)
}

findings contains {
	"manifest": entry.manifest,
	"path": array.concat(entry.path, ["template"]),
	"message": sprintf("template %q wants Kubernetes %s, and %s; use another template or another cluster", [
		entry.service.template,
		constraint,
		told,
	]),
	"related": [{"manifest": i, "path": ["spec", "k8sConstraint"], "message": "the constraint is here"}],
} if {
	some entry in k0.services
	some i in k0.found("ServiceTemplate", entry.service.template, entry.owner).here
	constraint := input.manifests[i].spec.k8sConstraint
	lib.known(constraint)
	[version, told] := version_of(entry.owner)
	k0.violates(k0.semantic(version), constraint)
}

# version_of is the Kubernetes version of a cluster: what its ClusterTemplate states, or what the configuration tells.
version_of(owner) := [version, sprintf("cluster template %q makes %s", [owner.spec.template, version])] if {
	owner.kind == "ClusterDeployment"
	versions := {input.manifests[i].spec.k8sVersion |
		some i in k0.found("ClusterTemplate", owner.spec.template, owner).here
	}
	count(versions) == 1
	some version in versions
} else := [
	input.context.kubernetesVersion,
	sprintf("context.kubernetesVersion is %s", [input.context.kubernetesVersion]),
]
