package policies.lib_test

import data.policies.lib

test_known_values if {
	every value in ["", "plain", "a$$", "$1", "cost: 5$", "${}", "{ }", 5, true, null, ["$NAME"]] {
		lib.known(value)
	}
}

test_unknown_values if {
	every value in ["$NAME", "a-$NAME-b", "${NAME}", "${NAME:-x}", "$$NAME", "{{ .Values.x }}", "a {{- tpl }} b"] {
		not lib.known(value)
	}
}

test_get_of_present_value if lib.get({"a": [{"b": false}]}, ["a", 0, "b"], "none") == false

test_get_falls_back if {
	every path in [["a", "x"], ["a", "b", "c"], ["n"], ["s", "t"]] {
		lib.get({"a": {"b": 1}, "n": null, "s": "scalar"}, path, "none") == "none"
	}
}

test_get_of_no_object if lib.get(null, ["a"], "none") == "none"

test_present if {
	object := {"a": {"b": false, "c": null}}
	lib.present(object, ["a", "b"])
	lib.present(object, ["a"])
	not lib.present(object, ["a", "c"])
	not lib.present(object, ["a", "x"])
}

test_quote if {
	lib.quote("a\"b") == `"a\"b"`
	lib.quote(8080) == "8080"
	lib.quote(true) == "true"
	lib.quote(null) == "null"
	lib.quote(["a"]) == `["a"]`
}

test_join_words if {
	lib.join_words([], "and") == ""
	lib.join_words(["a"], "and") == "a"
	lib.join_words(["a", "b"], "or") == "a or b"
	lib.join_words(["a", "b", "c"], "and") == "a, b and c"
}

test_path_string if {
	lib.path_string([]) == ""
	lib.path_string(["tenant", "secrets", "mounts", 1, "mountPath"]) == "tenant.secrets.mounts[1].mountPath"
	lib.path_string(["annotations", "example.com/x"]) == `annotations.example\.com/x`
	lib.path_string(["list", 0, 1]) == "list[0][1]"
}
