package policies["genesys-tenant"]["upgrade-database_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["upgrade-database"] as rule

facts(before, after, operation) := {f.facts[0] | some f in found} if {
	told := {"context": {"operation": operation}}
	found := rule.findings with input as object.union(fixture.upgrade(before, after), told)
}

at(host, tag) := {"tenant": {"pgdb": {"dbhost": host}}, "images": {"tenant": {"tag": tag}}}

test_moves if {
	facts(at("a", "1"), at("b", "1"), "") == {"TEN-011"}
	facts(at("a", "1"), at("b", "2"), "") == set()
	facts(at("a", "1"), at("b", "2"), "dbms-in-place") == {"TEN-010"}
	facts(at("a", "1"), at("$HOST", "1"), "") == set()
}
