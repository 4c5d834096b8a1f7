package policies["usage-engine"]["ecd-patch_test"]

import data.policies["usage-engine"]["ecd-patch"] as rule

found(flags) := result if {
	result := count(rule.findings) with input as {"commands": [{
		"tool": "kubectl", "open": false, "flags": flags,
		"args": [{"value": "patch"}, {"value": "ecdeployment"}, {"value": "sip"}],
	}]}
}

merge := {"name": "type", "value": "merge", "word": 5}

patch(text) := {"name": "patch", "value": text, "word": 6, "at": 7}

test_right if {
	found([merge, patch("spec:\n manualUpgrade: true")]) == 0
	found([{"name": "type", "value": "json"}, patch(`[{"op":"add","path":"/spec/manualUpgrade","value":true}]`)]) == 0
	found([merge, {"name": "patch", "at": 7}]) == 0
}

test_wrong if {
	found([patch(`{"spec":{"manualUpgrade":true}}`)]) == 1
	found([{"name": "type", "value": "strategic", "word": 5}, patch(`{"spec":{"manualUpgrade":true}}`)]) == 1
	found([merge, patch(`{"manualUpgrade":true}`)]) == 1
	found([merge, patch(`{"spec":{"manualUpgrade":"true"}}`)]) == 1
}
