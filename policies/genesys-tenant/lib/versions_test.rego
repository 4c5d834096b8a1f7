package policies["genesys-tenant"].lib_test

import data.policies["genesys-tenant"].lib

test_versions_are_numbers if {
	lib.version_less("100.0.999999", "100.0.1000041")
	lib.version_less("100.0.100.0041", "100.0.1000042")
	not lib.version_less("100.0.100.0041", "100.0.1000041")
	not lib.version_less("latest", "100.0.1000041")
	not lib.version_less("100.0.1000041", "100.0.1000041")
}
