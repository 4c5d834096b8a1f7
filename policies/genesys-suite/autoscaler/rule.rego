# METADATA
# title: Give an autoscaler bounds that fit
# description: >-
#   The minimum of an autoscaler must not exceed its maximum; the API server refuses such an object. While it is on,
#   its minimum counts and not the number of replicas. The chart of GES reads the minimum from the misspelt key
#   mimimumReplicas, and the charts of Pulse do not autoscale in their release.
# custom:
#   severity: error
#   remediation: Mend the bounds, or switch the autoscaler off.
#   facts: [SUI-168, SUI-170, SUI-176]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Autoscaling}
package policies["genesys-suite"].autoscaler

import data.policies["genesys-suite"].lib as suite

findings contains finding if {
	suite.service_or_foreign
	some row in suite.autoscalers
	row.min.value > row.max.value
	finding := {
		"path": row.min.path, "facts": ["SUI-176"],
		"message": sprintf(
			"minimum %v is above the maximum %v; the API server refuses that",
			[row.min.value, row.max.value],
		),
		"related": [{"path": row.max.path, "message": "the maximum"}],
	}
}

findings contains {"path": fixed.path, "severity": "warning", "facts": ["SUI-176"], "message": message} if {
	suite.service_or_foreign
	some row in suite.autoscalers
	some fixed in suite.fixed_replicas
	array.slice(fixed.path, 0, 1) == array.slice(row.max.path, 0, 1)
	fixed.value > row.max.value
	message := sprintf(
		"%d replicas are above the maximum %v of the autoscaler; it removes them",
		[fixed.value, row.max.value],
	)
}

findings contains {"manifest": i, "path": path, "facts": ["SUI-176"], "message": message} if {
	some i, item in suite.objects
	some [kind, least, most] in [
		["HorizontalPodAutoscaler", "minReplicas", "maxReplicas"],
		["ScaledObject", "minReplicaCount", "maxReplicaCount"],
	]
	item.kind == kind
	item.spec[least] > item.spec[most]
	path := ["spec", least]
	message := sprintf(
		"minimum %v is above the maximum %v; the API server refuses that",
		[item.spec[least], item.spec[most]],
	)
}

findings contains {"path": path, "severity": "warning", "facts": ["SUI-168"], "key": true, "message": message} if {
	suite.service_or_foreign
	path := ["ges", "deployment", "hpa", "minimumReplicas"]
	object.get(input.values, path, null) != null
	message := "the chart of GES reads mimimumReplicas, misspelt as it is; write it that way"
}

findings contains {"path": ["hpa", "enabled"], "severity": "warning", "facts": ["SUI-170"], "message": message} if {
	suite.chart in {"pulse", "pulse-dcu", "pulse-permissions"}
	suite.truth(input.values.hpa.enabled)
	message := "the charts of Pulse do not autoscale in this release; write false"
}
