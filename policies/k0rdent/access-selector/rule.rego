# METADATA
# title: Select namespaces and objects in one way
# description: >-
#   targetNamespaces uses at most one of list, selector and stringSelector, an entry of resources at most one of
#   names, selector and stringSelector. Without any, all namespaces or all objects of the kind are meant.
# custom:
#   severity: error
#   needs: manifests
#   remediation: >-
#     Keep one of the selectors. Name the namespaces, unless all of them are meant.
#   facts: [K0R-081]
#   source: {document: k0rdent/kcm source code, section: "api/v1beta1/accessmanagement_types.go"}
package policies.k0rdent["access-selector"]

import data.policies.k0rdent.lib as k0
import data.policies.lib

findings contains {
	"manifest": i,
	"path": path,
	"key": true,
	"message": sprintf(
		"%s uses %s at once; keep one of them",
		[lib.path_string(array.slice(path, 0, count(path) - 1)), lib.join_words(used, "and")],
	),
} if {
	some i, access in k0.of("AccessManagement")
	some place in places(access)
	used := [key | some key in place.of; lib.present(access, array.concat(place.path, [key]))]
	count(used) > 1
	path := array.concat(place.path, [used[1]])
}

findings contains {
	"manifest": i,
	"path": ["spec", "accessRules", j, "targetNamespaces"],
	"severity": "warning",
	"message": concat(
		"",
		[
			"the access rule names no namespaces, so it gives to all of them; add ",
			"targetNamespaces: {list: [...]}, unless that is meant",
		],
	),
} if {
	some i, access in k0.of("AccessManagement")
	some j, rule in access.spec.accessRules
	is_object(rule)
	lib.get(rule, ["targetNamespaces"], {}) == {}
}

places(access) := {{
	"path": ["spec", "accessRules", j, "targetNamespaces"],
	"of": ["list", "selector", "stringSelector"],
} |
	some j, _ in access.spec.accessRules
} | {{"path": ["spec", "accessRules", j, "resources", n], "of": ["names", "selector", "stringSelector"]} |
	some j, rule in access.spec.accessRules
	some n, _ in rule.resources
}
