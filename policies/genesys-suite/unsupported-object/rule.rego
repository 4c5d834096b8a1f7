# METADATA
# title: Do without what the platform offers and the suite does not support
# description: >-
#   GKE Sandbox (gVisor) and customer-managed encryption keys are not supported. The security context constraint
#   genesys-restricted is deprecated. Consul needs privileged containers, which a namespace with an enforced pod
#   security standard refuses.
# custom:
#   severity: error
#   remediation: Remove what the message names.
#   facts: [SUI-025, SUI-026, SUI-094, SUI-095]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Not supported}
package policies["genesys-suite"]["unsupported-object"]

import data.policies["genesys-suite"].lib as suite

findings contains {"manifest": pod.index, "path": path, "facts": ["SUI-025"], "message": message} if {
	some pod in suite.pods
	lower(pod.spec.runtimeClassName) == "gvisor"
	path := array.concat(pod.path, ["runtimeClassName"])
	message := "GKE Sandbox (gvisor) is not supported; remove runtimeClassName"
}

findings contains {"manifest": pod.index, "path": path, "facts": ["SUI-025"], "message": message} if {
	some pod in suite.pods
	pod.spec.nodeSelector["sandbox.gke.io/runtime"]
	path := array.concat(pod.path, ["nodeSelector", "sandbox.gke.io/runtime"])
	message := "the label asks for nodes of GKE Sandbox, which is not supported; remove it"
}

findings contains {"manifest": i, "path": ["handler"], "facts": ["SUI-025"], "message": message} if {
	some i, item in suite.objects
	item.kind == "RuntimeClass"
	item.handler in {"gvisor", "runsc"}
	message := sprintf("handler %s is GKE Sandbox, which is not supported; remove the class", [item.handler])
}

findings contains {"manifest": i, "path": ["parameters", key], "facts": ["SUI-026"], "message": message} if {
	some i, item in suite.objects
	item.kind == "StorageClass"
	regex.match(`(^|\.)(pd|filestore)\.csi\.storage\.gke\.io$`, item.provisioner)
	some key in ["disk-encryption-kms-key", "instance-encryption-kms-key"]
	item.parameters[key]
	message := "customer-managed keys are not supported on GKE; remove the parameter"
}

findings contains finding if {
	some i, item in input.manifests
	item.kind == "Namespace"
	"consul" in split(item.metadata.name, "-")
	label := "pod-security.kubernetes.io/enforce"
	item.metadata.labels[label] in {"restricted", "baseline"}
	finding := {
		"manifest": i, "path": ["metadata", "labels", label], "severity": "warning", "facts": ["SUI-094"],
		"message": sprintf("the namespace refuses the privileged pods of Consul at level %s; write privileged", [
			item.metadata.labels[label],
		]),
	}
}

findings contains {"manifest": i, "path": path, "severity": "warning", "facts": ["SUI-095"], "message": message} if {
	some i, item in input.manifests
	some path in constraint_paths(item)
	message := "the constraint genesys-restricted is deprecated; use the platform's own"
}

findings contains {"path": [], "severity": "warning", "facts": ["SUI-095"], "holds": true, "message": message} if {
	some line in input.context.commands
	contains(line, "genesys-restricted")
	message := "a planned command uses the constraint genesys-restricted, which is deprecated; use the platform's own"
}

constraint_paths(item) := {["metadata", "name"]} if {
	item.kind == "SecurityContextConstraints"
	item.metadata.name == "genesys-restricted"
} else := {["rules", i, "resourceNames", j] |
	some i, entry in item.rules
	some j, "genesys-restricted" in entry.resourceNames
} if {
	item.kind in {"Role", "ClusterRole"}
} else := {["roleRef", "name"]} if {
	endswith(item.roleRef.name, "genesys-restricted")
}
