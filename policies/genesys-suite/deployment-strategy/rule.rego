# METADATA
# title: Use a deployment strategy that the chart knows
# description: >-
#   Designer and its application server take the strategy as a word: blue-green with its variants for ingress,
#   volume and service, or a rolling update. The reporting server of GVP and Voicemail take RollingUpdate or
#   Recreate, GAuth a strategy as a Deployment has it. GAuth is upgraded by rolling update; Recreate stops all pods
#   at once.
# custom:
#   severity: warning
#   remediation: Write the word that the message names.
#   facts: [SUI-140, SUI-162]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Upgrade strategies}
package policies["genesys-suite"]["deployment-strategy"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"path": path, "facts": ["SUI-140"], "message": message} if {
	some [path, words] in [
		[["designer", "deployment", "strategy"], designer_words],
		[["das", "deployment", "strategy"], designer_words],
	]
	strategy := object.get(input.values, path, "")
	wrong(strategy, words)
	message := sprintf(
		"strategy %s is none that Designer knows; write %s",
		[lib.quote(strategy), meant(strategy, words)],
	)
}

findings contains {"path": ["deployment", "strategy"], "facts": ["SUI-140"], "message": message} if {
	suite.chart in {"gvp-rs", "voice-voicemail"}
	strategy := input.values.deployment.strategy
	wrong(strategy, {"RollingUpdate", "Recreate"})
	message := sprintf(
		"strategy %s is no strategy of a Deployment; write RollingUpdate or Recreate",
		[lib.quote(strategy)],
	)
}

findings contains {"path": path, "facts": ["SUI-162"], "message": message} if {
	path := ["optional", "strategy", "type"]
	suite.chart_in({"gauth"})
	object.get(input.values, path, "") == "Recreate"
	message := "GAuth is upgraded by rolling update, and Recreate stops all pods at once; write RollingUpdate"
}

findings contains {"manifest": i, "path": path, "facts": ["SUI-162"], "message": message} if {
	input.context.strategy in {"rolling-update", "canary"}
	some i, item in suite.objects
	item.kind == "Deployment"
	path := ["spec", "strategy", "type"]
	object.get(item, path, "") == "Recreate"
	message := sprintf("the configuration plans %s, and Recreate stops all pods at once; write RollingUpdate", [
		input.context.strategy,
	])
}

findings contains {"manifest": i, "path": path, "facts": ["SUI-162"], "message": message} if {
	input.context.strategy in {"rolling-update", "canary"}
	some i, item in suite.objects
	item.kind == "Deployment"
	item.spec.replicas == 1
	path := ["spec", "strategy", "rollingUpdate", "maxUnavailable"]
	unavailable := object.get(item, path, 0)
	not unavailable in {0, "0", "0%"}
	message := "the only replica may be taken away during an upgrade; run more of them, or write 0"
}

designer_words := {
	"blue-green", "blue-green-ingress", "blue-green-volume", "blue-green-service", "rolling", "rolling-update",
	"RollingUpdate", "Recreate",
}

wrong(strategy, words) if {
	is_string(strategy)
	strategy != ""
	lib.known(strategy)
	not strategy in words
}

# Somebody who left out a hyphen meant one word.
meant(strategy, words) := same[0] if {
	same := sort([word |
		some word in words
		replace(lower(word), "-", "") == regex.replace(lower(strategy), `[-_ ]`, "")
	])
	count(same) > 0
} else := lib.join_words(sort([word | some word in words; contains(word, "-")]), "or")
