# METADATA
# title: Serve ingresses on GKE with ingress-nginx
# description: >-
#   GKE Ingress is not supported. It takes every ingress without a class, and its own kinds of objects do nothing
#   for ingress-nginx.
# custom:
#   severity: error
#   needs: context
#   context: [platform]
#   remediation: Write ingressClassName nginx.
#   facts: [SUI-029]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: GKE / Not supported}
package policies["genesys-suite"]["gke-ingress"]

import data.policies["genesys-suite"].lib as suite

findings contains {"manifest": i, "path": path, "message": message} if {
	suite.gke
	some i, item in suite.objects
	item.kind == "Ingress"
	some path in class_paths
	class := object.get(item, path, "")
	google(class)
	message := sprintf("class %q is that of GKE Ingress, which is not supported; write nginx", [class])
}

findings contains {
	"manifest": i,
	"path": ["spec", "ingressClassName"],
	"severity": "warning",
	"message": message,
} if {
	suite.gke
	not default_class
	some i, item in suite.objects
	item.kind == "Ingress"
	every path in class_paths {
		object.get(item, path, "") == ""
	}
	message := "an ingress without a class is taken by GKE Ingress, which is not supported; add ingressClassName: nginx"
}

findings contains {"manifest": i, "path": ["kind"], "message": message} if {
	suite.gke
	some i, item in suite.objects
	item.kind in {"FrontendConfig", "BackendConfig", "ManagedCertificate"}
	regex.match(
		`^(networking|cloud)\.gke\.io/|^cloud\.google\.com/`,
		object.get(item, "apiVersion", "cloud.google.com/"),
	)
	message := sprintf(
		"%s configures GKE Ingress, which is not supported; configure ingress-nginx instead",
		[item.kind],
	)
}

findings contains {"path": path, "message": message} if {
	suite.gke
	suite.service_or_foreign
	some [path, class] in classes
	google(class)
	message := sprintf("class %q is that of GKE Ingress, which is not supported; write nginx", [class])
}

class_paths := [["metadata", "annotations", "kubernetes.io/ingress.class"], ["spec", "ingressClassName"]]

google(class) if class in {"gce", "gce-internal"}

default_class if {
	some item in input.manifests
	item.kind == "IngressClass"
	item.metadata.annotations["ingressclass.kubernetes.io/is-default-class"] == "true"
	contains(item.spec.controller, "nginx")
}

classes contains [row.path, row.value] if some row in suite.settings("ingressClassName")

classes contains [path, class] if {
	some row in suite.settings("ingress")
	path := array.concat(row.path, ["annotations", "kubernetes.io/ingress.class"])
	class := object.get(input.values, path, "")
}
