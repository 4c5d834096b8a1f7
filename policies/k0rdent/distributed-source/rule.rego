# METADATA
# title: Create local sources where templates are distributed
# description: >-
#   When a template is distributed to a namespace, the ConfigMap or Secret that it takes its files from is not
#   copied: the reference is rewritten to the new namespace, where it has to be created.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: >-
#     Create the ConfigMap or Secret in the namespace, too.
#   facts: [K0R-075]
#   source: {document: k0rdent/kcm source code, section: "internal/controller/templatechain_controller.go"}
package policies.k0rdent["distributed-source"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": i,
	"path": array.concat(path, ["localSourceRef", "name"]),
	"message": sprintf("%s %q is not copied when the template is distributed to %s; create it there, too", [
		ref.kind,
		ref.name,
		k0.list(targets),
	]),
} if {
	some i, template in k0.of("ServiceTemplate")
	k0.namespace(template) == k0.system_namespace
	some path in [["spec", "resources"], ["spec", "kustomize"]]
	ref := object.get(template, path, {}).localSourceRef
	ref.kind in {"ConfigMap", "Secret"}
	lib.known(ref.name)
	targets := {target |
		some target in listed
		k0.given(template, target)
		not exists(ref.kind, ref.name, target)
	}
	count(targets) > 0
}

# listed are the namespaces that access rules name.
listed contains target if {
	some _, access in k0.of("AccessManagement")
	some rule in access.spec.accessRules
	some target in rule.targetNamespaces.list
	lib.known(target)
	target != k0.system_namespace
}

exists(kind, name, target) if {
	some manifest in input.manifests
	manifest.kind == kind
	manifest.metadata.name == name
	k0.in_namespace(manifest, target)
}
