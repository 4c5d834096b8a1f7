package policies["genesys-tenant"].lib_test

import data.policies["genesys-tenant"].lib

uuid := "0b5f9f3e-6a1d-4f0e-9a3c-5d2b7c1e0200"

test_short_id if lib.short_id == "0200" with input as {"values": {"tenantid": uuid}}

test_unknown_id if {
	every id in ["$TENANT_UUID", "", "t0200", 200, null] {
		not lib.short_id with input as {"values": {"tenantid": id}}
	}
}

test_tenantid_as_written if {
	lib.tenantid == "${ID}" with input as {"values": {"tenantid": "${ID}"}}
	not lib.tenantid with input as {"values": {"tenantid": 5}}
}

test_same_text if {
	lib.same_text("tenant-${ID}", "tenant-$ID")
	lib.same_text("${A}-${B}", "$A-$B")
	not lib.same_text("$A", "$B")
	not lib.same_text("A", "$A")
}

test_replica if {
	lib.at_replica with input as {"values": {"tenant": {"consul": {"masterdc": "westus2", "homedc": "eastus"}}}}
}

test_no_replica if {
	every consul in [
		{"masterdc": "westus2", "homedc": "westus2"},
		{"masterdc": "westus2"},
		{"masterdc": "$MASTER", "homedc": "westus2"},
		{"masterdc": "westus2", "homedc": ""},
		null,
	] {
		not lib.at_replica with input as {"values": {"tenant": {"consul": consul}}}
	}
}
