package policies["genesys-tenant"]["short-id_test"]

import data.policies["genesys-tenant"]["short-id"] as rule

uuid := "0b5f9f3e-6a1d-4f0e-9a3c-5d2b7c1e0200"

found(values) := findings if {
	findings := rule.findings with input as {"values": values}
}

test_good if {
	count(found({"tenantid": uuid, "sid": "0200", "tenant": {"shortid": "0200"}})) == 0
	count(found({"tenantid": "$ID", "sid": "0200"})) == 0
	count(found({"tenantid": uuid, "sid": "$SID"})) == 0
	count(found({"tenantid": uuid, "side": 5})) == 0
}

test_number if {
	[finding] := [f | some f in found({"tenantid": uuid, "sid": 128})]
	finding.message == `short id is the number 128; write "0200"`
}

test_number_without_tenantid if {
	[finding] := [f | some f in found({"tenant": {"shortId": 128}})]
	finding.message == "short id is the number 128; write it in quotes"
	finding.path == ["tenant", "shortId"]
}

test_other_string if {
	[finding] := [f | some f in found({"tenantid": uuid, "tenantsid": "200"})]
	finding.message == `short id "200" is not the end of tenantid; write "0200"`
}
