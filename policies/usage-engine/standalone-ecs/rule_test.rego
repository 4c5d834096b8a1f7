package policies["usage-engine"]["standalone-ecs_test"]

import data.policies["usage-engine"]["standalone-ecs"] as rule

found(running) := result if {
	result := count(rule.findings) with input as {"context": {"plan": {"standaloneEcsRunning": running}}}
}

test_running if {
	found(true) == 1
	found(false) == 0
}
