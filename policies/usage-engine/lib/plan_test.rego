package policies["usage-engine"].lib_test

import data.policies["usage-engine"].lib as usage

test_step if {
	told := {"context": {"plan": {"steps": ["a", "b", "a"]}}}
	usage.at("a") == 0 with input as told
	usage.step_place("b").path == ["plan", "steps", 1] with input as told
	usage.step_place("c").path == ["plan", "steps"] with input as told
	usage.steps == [] with input as {"context": {}}
}
