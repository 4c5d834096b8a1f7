# METADATA
# title: Give KEDA what it scales on
# description: >-
#   KEDA scales on metrics of Prometheus, whose address the chart has to be told. It must be installed, and an
#   object that KEDA scales has no other autoscaler.
# custom:
#   severity: warning
#   remediation: Set the address, plan KEDA among the third-party products, or switch it off.
#   facts: [SUI-014, SUI-015]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Autoscaling}
package policies["genesys-suite"].keda

import data.policies["genesys-suite"].lib as suite

findings contains {"path": path, "facts": ["SUI-015"], "message": message} if {
	suite.service_or_foreign
	suite.truth(input.values.deployment.keda)
	path := ["gateway", "scaling", "prometheusAddress"]
	object.get(input.values, path, "unset") in {"", null}
	message := "KEDA is on and has no Prometheus to ask; write its address"
}

findings contains {"path": path, "facts": ["SUI-015"], "message": message} if {
	suite.service_or_foreign
	some path in [["deployment", "keda"], ["hpa", "keda", "enabled"]]
	suite.truth(object.get(input.values, path, false))
	input.context.thirdParty
	count(suite.products("keda")) == 0
	message := "KEDA is on, and the configuration lists no keda among thirdParty; plan it, or switch it off"
}

findings contains {"manifest": i, "path": path, "severity": "error", "facts": ["SUI-015"], "message": message} if {
	some i, item in suite.objects
	item.kind == "HorizontalPodAutoscaler"
	some other in suite.objects
	other.kind == "ScaledObject"
	item.spec.scaleTargetRef.name == other.spec.scaleTargetRef.name
	path := ["spec", "scaleTargetRef", "name"]
	message := sprintf("%s is scaled by KEDA as well, and the two work against each other; remove one", [
		item.spec.scaleTargetRef.name,
	])
}

findings contains {"manifest": i, "path": path, "severity": "info", "facts": ["SUI-014"], "message": message} if {
	some i, item in suite.objects
	item.kind == "HorizontalPodAutoscaler"
	some j, metric in item.spec.metrics
	not resource(metric)
	path := ["spec", "metrics", j, "type"]
	message := sprintf(
		"the horizontal autoscaler looks at cpu and memory only; leave a metric of type %s to KEDA",
		[metric.type],
	)
}

resource(metric) if metric.resource.name in {"cpu", "memory"}

resource(metric) if metric.containerResource.name in {"cpu", "memory"}
