package policies["genesys-suite"]["gke-ingress_test"]

import data.policies["genesys-suite"]["gke-ingress"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_default_class if {
	found({
		"context": {"platform": "gke"},
		"manifests": [
			{"kind": "Ingress", "metadata": {"name": "gws", "namespace": "gws"}, "spec": {}},
		],
		"manifests_complete": false,
	}) == 1
	found({
		"context": {"platform": "gke"},
		"manifests": [
			{"kind": "Ingress", "metadata": {"name": "gws", "namespace": "gws"}, "spec": {}},
			{
				"kind": "IngressClass",
				"metadata": {
					"name": "nginx",
					"annotations": {"ingressclass.kubernetes.io/is-default-class": "true"},
				},
				"spec": {"controller": "k8s.io/ingress-nginx"},
			},
		],
		"manifests_complete": false,
	}) == 0
}

test_other_platforms if {
	found({
		"context": {"platform": "aks"},
		"manifests": [
			{"kind": "Ingress", "metadata": {"name": "gws", "namespace": "gws"}, "spec": {}},
		],
		"manifests_complete": false,
	}) == 0
	found({
		"context": {},
		"manifests": [
			{"kind": "Ingress", "metadata": {"name": "gws", "namespace": "gws"}, "spec": {}},
		],
		"manifests_complete": false,
	}) == 0
	found({
		"context": {"platform": "gke"},
		"manifests": [
			{
				"kind": "Ingress",
				"metadata": {"name": "shop", "namespace": "shop"},
				"spec": {"ingressClassName": "gce"},
			},
		],
		"manifests_complete": false,
	}) == 0
}
