package policies["usage-engine"]["first-of-list_test"]

import data.policies["usage-engine"]["first-of-list"] as rule

test_first if {
	command := {
		"tool": "az", "args": [{"value": "storage"}, {"value": "share"}, {"value": "list"}],
		"flags": [{"name": "query", "word": 4, "at": 5, "value": "[0].name"}],
	}
	count(rule.findings) == 1 with input as {"commands": [command]}
	all := object.union(command, {"flags": [{"name": "query", "value": "[].name"}]})
	count(rule.findings) == 0 with input as {"commands": [all]}
}

quoted(text) := result if {
	result := count(rule.findings) with input as {"commands": [{
		"tool": "", "assigns": [{"name": "KEY", "word": 0, "text": text}],
	}]}
}

test_quotes if {
	quoted(`$(az storage account keys list --query "[0].value")`) == 1
	quoted(`$(az storage account keys list --query "[0].value" -o tsv)`) == 0
	quoted(`$(az account list --query "[0].id" | tr -d '"')`) == 0
	quoted("plain") == 0
}
