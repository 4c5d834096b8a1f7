package policies["genesys-tenant"]["secret-switched-off_test"]

import data.policies["genesys-tenant"]["secret-switched-off"] as rule

found(values, more) := findings if {
	findings := rule.findings with input as object.union({"values": values, "expanded": values}, more)
}

referring := {"secretName": "/opt/a/b"}

severities(tenant) := [finding.severity | some finding in found({"tenant": tenant}, {})]

test_off if {
	severities({"secrets": {"pgdb": {"enabled": false, "pwd": referring}}}) == ["warning"]
	severities({"secrets": {"consul": {"enabled": "false", "acl": referring}}}) == ["warning"]
	severities({"secrets": {"redis": {"enabled": false, "streamPwd": referring}}}) == ["warning"]
	severities({"secrets": {"kafka": {"enabled": false, "pwd": referring}}}) == ["warning"]
}

test_on if {
	severities({"secrets": {"pgdb": {"enabled": true, "pwd": referring}, "kafka": {"pwd": referring}}}) == []
	severities({"secrets": {"pgdb": {"enabled": "$ENABLED", "pwd": referring}}}) == []
	severities({"secrets": {"pgdb": {"enabled": false, "pwd": "direct"}}}) == []
}

test_gws_only_when_it_is_on if {
	secrets := {"gws": {"enabled": false, "user": referring}}
	severities({"gws": {"enable": "true"}, "secrets": secrets}) == ["error"]
	severities({"gws": {"enable": "false"}, "secrets": secrets}) == []
	severities({"secrets": secrets}) == []
}

test_values_of_the_database_do_not_count if {
	severities({"pgdb": {"dbhost": "/opt/h/h"}, "secrets": {"pgdb": {"enabled": false}}}) == []
}
