# METADATA
# title: Pin the version of PostgreSQL
# description: >-
#   Tenant Service needs PostgreSQL 11.x. A chart that is installed without a version brings the newest one.
# custom:
#   severity: warning
#   remediation: Pass the version of the chart with --version, or set image.tag to 11.x.
#   facts: [TEN-035]
#   needs: commands
#   source: {document: Tenant Service Private Edition Guide, section: Third-party prerequisites}
package policies["genesys-tenant"]["unpinned-postgresql"]

findings contains {"command": i, "message": message} if {
	some i, command in input.commands
	command.verb in {"install", "upgrade"}
	command.chart.name == "postgresql"
	not command.open
	not pinned(command)
	message := "chart postgresql is installed without a version and brings the newest PostgreSQL; pin image.tag to 11.x"
}

pinned(command) if command.version

pinned(command) if command.chart.version

pinned(command) if count(command.values) > 0

pinned(command) if {
	some set in command.sets
	set.path == ["image", "tag"]
}
