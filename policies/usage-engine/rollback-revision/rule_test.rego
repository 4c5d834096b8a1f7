package policies["usage-engine"]["rollback-revision_test"]

import data.policies["usage-engine"]["rollback-revision"] as rule

found(extra, context) := result if {
	result := count(rule.findings) with input as {"context": context, "commands": [object.union(
		{"tool": "helm", "verb": "rollback", "open": false, "blanks": [], "flags": [], "release": {"name": "uepe"}},
		extra,
	)]}
}

test_revision if {
	found({}, {}) == 1
	found({"open": true}, {}) == 0
	found({"revision": {"value": 3, "word": 3}}, {}) == 0
	found({"revision": {"word": 3}}, {}) == 0
	found({"revision": {"word": 3}, "blanks": [{"word": 3, "text": "<n>"}]}, {}) == 1
	found({"revision": {"value": "three", "word": 3}}, {}) == 1
	found({"revision": {"value": 0, "word": 3}}, {}) == 1
}

test_newer if {
	found({"revision": {"value": 4, "word": 3}}, {"release": {"revision": 3}}) == 1
	found({"revision": {"value": 3, "word": 3}}, {"release": {"revision": 3}}) == 0
}
