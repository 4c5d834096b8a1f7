# METADATA
# title: "Give the values of the user, not the computed ones"
# description: >-
#   The computed values hold every default of the chart that ran. Used as the values of an upgrade they freeze all of
#   them, including keys that the new chart has removed.
# custom:
#   severity: warning
#   remediation: >-
#     Take the part between USER-SUPPLIED VALUES and COMPUTED VALUES; `helmvet extract` does it.
#   facts: [UEP-005]
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Preparations}
package policies["usage-engine"]["computed-values"]

findings contains {"path": [], "message": message} if {
	total := count(default_leaves)
	total >= 20
	same := count([leaf | some leaf in default_leaves; leaf in given])
	share := (100 * same) / total
	share > 90
	message := sprintf("%d of the chart's %d defaults are repeated here, as in the computed values of helm get all; %s", [
		same,
		total,
		"keep only what differs from the chart, as `helmvet extract` finds it",
	])
}

default_leaves := leaves(defaults)

# defaults are those of the chart that ran; without an upgrade those of the chart that is given.
default defaults := {}

defaults := input.change.old_defaults if {
	input.change.old_defaults
} else := layer.values if {
	some layer in input.layers
	layer.kind == "chart"
}

given := union({leaves(layer.values) | some layer in input.layers; layer.kind == "file"})

leaves(tree) := {[path, value] |
	walk(tree, [path, value])
	not is_object(value)
	not is_array(value)
	value != null
}
