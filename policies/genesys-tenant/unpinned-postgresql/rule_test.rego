package policies["genesys-tenant"]["unpinned-postgresql_test"]

import data.policies["genesys-tenant"]["unpinned-postgresql"] as rule

installs(extra) := count(findings) if {
	command := object.union(
		{"verb": "install", "open": false, "chart": {"name": "postgresql", "kind": "repo"}, "sets": [], "values": []},
		extra,
	)
	findings := rule.findings with input as {"commands": [command]}
}

test_chart if {
	installs({}) == 1
	installs({"version": {"word": 4}}) == 0
	installs({"chart": {"name": "postgresql", "version": "12.1.0"}}) == 0
	installs({"sets": [{"path": ["image", "tag"]}]}) == 0
	installs({"values": [{"name": "pg.yaml"}]}) == 0
	installs({"chart": {"name": "tenant"}}) == 0
}
