# The steps of a declared plan.
# needs: context
package policies["usage-engine"].lib

import data.policies.lib

steps := lib.get(input.context, ["plan", "steps"], [])

# at returns where a step stands in the plan.
at(step) := min([i | some i, s in steps; s == step])

backup_steps := {"backup-database", "backup-file-system"}

# place points to a step of the plan, or to the list for what is missing.
step_place(step) := {"context": true, "path": ["plan", "steps", at(step)]} if {
	step in steps
} else := {"context": true, "path": ["plan", "steps"]}
