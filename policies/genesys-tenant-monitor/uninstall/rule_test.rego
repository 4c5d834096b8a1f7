package policies["genesys-tenant-monitor"].uninstall_test

import data.policies["genesys-tenant-monitor"].uninstall as rule

found(command) := findings if {
	findings := rule.findings with input as {"commands": [command]}
}

name := "tenant-monitor"

test_uninstall if {
	count(found({"verb": "uninstall", "release": {"name": name}})) == 1
	count(found({"verb": "uninstall", "dry_run": true, "release": {"name": name}})) == 0
	count(found({"verb": "rollback", "release": {"name": name}})) == 0
	count(found({"verb": "uninstall", "release": {"name": "redis"}})) == 0
	count(found({"verb": "uninstall", "release": {"word": 2}})) == 0
}
