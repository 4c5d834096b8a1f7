package policies["genesys-tenant"]["block-string_test"]

import data.policies["genesys-tenant"]["block-string"] as rule

found(values, more) := findings if {
	findings := rule.findings with input as object.union({"values": values, "expanded": values}, more)
}

test_block_strings if {
	expanded := {"volumes": [], "tenant": {"initVolumeMounts": []}}
	text := {"volumes": "[]", "tenant": {"initVolumeMounts": "- {name: a}"}}
	findings := rule.findings with input as {"values": text, "expanded": expanded}
	findings == set()
}

test_lists if {
	values := {"volumes": [], "tenant": {"initVolumeMounts": [], "secrets": {"kafka": {"volumes": []}}}}
	{finding.path | some finding in found(values, {})} == {["volumes"], ["tenant", "initVolumeMounts"]}
}
