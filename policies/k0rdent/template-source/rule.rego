# METADATA
# title: Give each template one source
# description: >-
#   A ServiceTemplate sets exactly one of helm, kustomize and resources. helm has exactly one of chartSpec, chartRef
#   and chartSource; a source has exactly one of localSourceRef and remoteSourceSpec, and that one of git, bucket
#   and oci. A chart cannot come from a ConfigMap or Secret. The API server refuses anything else.
# custom:
#   severity: error
#   needs: manifests
#   remediation: >-
#     Keep one of the sources; add the one that is missing.
#   facts: [K0R-069, K0R-070, K0R-074]
#   source: {document: k0rdent/kcm source code, section: "custom resource definitions of ServiceTemplate, validations"}
package policies.k0rdent["template-source"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains finding(place, present) if {
	some place in places
	present := [key | some key in place.of; lib.present(place.value, [key])]
	count(present) != 1
}

findings contains {
	"manifest": i,
	"path": ["spec", "helm", "chartSource", "localSourceRef", "kind"],
	"facts": ["K0R-070"],
	"message": sprintf("a %s holds no chart; name a GitRepository, Bucket or OCIRepository", [kind]),
} if {
	some i, template in k0.of("ServiceTemplate")
	kind := template.spec.helm.chartSource.localSourceRef.kind
	kind in {"ConfigMap", "Secret"}
}

findings contains {
	"manifest": i,
	"path": ["spec", "helm", "chartSource"],
	"key": true,
	"facts": ["K0R-070"],
	"message": "a ClusterTemplate takes no chartSource; use chartSpec or chartRef",
} if {
	some i, template in k0.of("ClusterTemplate")
	lib.present(template, ["spec", "helm", "chartSource"])
}

# places are the mappings of which exactly one key must be set.
places contains {
	"manifest": i,
	"path": ["spec"],
	"value": object.get(template, "spec", {}),
	"of": ["helm", "kustomize", "resources"],
	"fact": "K0R-069",
} if {
	some i, template in k0.of("ServiceTemplate")
}

places contains {
	"manifest": i,
	"path": ["spec", "helm"],
	"value": helm,
	"of": ["chartSpec", "chartRef", "chartSource"],
	"fact": "K0R-070",
} if {
	some kind in ["ServiceTemplate", "ClusterTemplate"]
	some i, template in k0.of(kind)
	helm := template.spec.helm
	is_object(helm)
}

places contains {
	"manifest": source.manifest,
	"path": source.path,
	"value": source.value,
	"of": ["localSourceRef", "remoteSourceSpec"],
	"fact": "K0R-074",
} if {
	some source in sources
}

places contains {
	"manifest": source.manifest,
	"path": array.concat(source.path, ["remoteSourceSpec"]),
	"value": source.value.remoteSourceSpec,
	"of": ["git", "bucket", "oci"],
	"fact": "K0R-074",
} if {
	some source in sources
	is_object(source.value.remoteSourceSpec)
}

sources contains {"manifest": i, "path": path, "value": value} if {
	some i, template in k0.of("ServiceTemplate")
	some path in [["spec", "kustomize"], ["spec", "resources"], ["spec", "helm", "chartSource"]]
	value := object.get(template, path, null)
	is_object(value)
}

finding(place, present) := {
	"manifest": place.manifest,
	"path": place.path,
	"key": true,
	"facts": [place.fact],
	"message": sprintf(
		"%s sets none of %s; add one of them",
		[lib.path_string(place.path), lib.join_words(place.of, "and")],
	),
} if {
	present == []
} else := {
	"manifest": place.manifest,
	"path": array.concat(place.path, [present[1]]),
	"key": true,
	"facts": [place.fact],
	"related": [
		{
			"manifest": place.manifest,
			"path": array.concat(place.path, [present[0]]),
			"key": true,
			"message": "the other one is here",
		},
	],
	"message": sprintf("%s sets %s, which exclude each other; keep one of them", [
		lib.path_string(place.path),
		lib.join_words(present, "and"),
	]),
}
