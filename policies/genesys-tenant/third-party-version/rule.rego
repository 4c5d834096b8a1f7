# METADATA
# title: Use the documented versions of third-party services
# description: >-
#   Tenant Service needs Kafka 2.x, Consul 1.13.x, Redis 6.x and PostgreSQL 11.x. Consul 1.10 and PostgreSQL 11 are
#   supported from service version 100.0.100.0041 on, which is the tag 100.0.1000041. An older line of the guide has
#   PostgreSQL 10. The versions are read from thirdParty in the context of .helmvet.yaml.
# custom:
#   severity: warning
#   context: [thirdParty]
#   remediation: Run the documented versions.
#   facts: [TEN-014, TEN-032, TEN-033, TEN-034, TEN-035]
#   needs: context
#   source: {document: Tenant Service Private Edition Guide, section: Third-party prerequisites}
package policies["genesys-tenant"]["third-party-version"]

import data.policies.lib

findings contains object.union(problem, {"path": [], "holds": true}) if {
	some name, stated in input.context.thirdParty
	problem := before_upgrade(wrong(name, sprintf("%v", [stated])))
}

# An upgrade of the service comes after that of what it needs.
before_upgrade(problem) := object.union(problem, {"facts": facts, "message": message}) if {
	input.previous.values.images.tenant.tag != tag
	facts := array.concat(problem.facts, ["TEN-014"])
	message := sprintf("%s, before you upgrade the service", [problem.message])
} else := problem

wrong(name, version) := {"facts": [fact], "message": message} if {
	some [fact, service, title, major] in [["TEN-032", "kafka", "Kafka", "2"], ["TEN-034", "redis", "Redis", "6"]]
	name == service
	lib.known(version)
	not is_version(version, major)
	message := sprintf("%s %s is not one of the documented versions; use %s.x", [title, version, major])
}

wrong("consul", version) := {"facts": ["TEN-033"], "severity": severity, "message": message} if {
	lib.known(version)
	not is_version(version, `1\.13`)
	[severity, message] := consul(version)
}

wrong("postgresql", version) := {"facts": ["TEN-035"], "message": message} if {
	lib.known(version)
	message := postgresql(version)
}

consul(version) := ["info", message] if {
	is_version(version, `1\.1[0-2]`)
	not early
	message := sprintf("Consul %s is supported from tag 100.0.1000041 on; use 1.13.x, the documented version", [version])
} else := ["warning", message] if {
	is_version(version, `1\.1[0-2]`)
	message := sprintf("Consul %s is supported from tag 100.0.1000041 on, and images.tenant.tag is %s; use 1.13.x", [
		version,
		tag,
	])
} else := ["warning", sprintf("Consul %s is not one of the documented versions; use 1.13.x", [version])]

postgresql(version) := sprintf("PostgreSQL %s is from an outdated line of the guide; use 11.x", [version]) if {
	is_version(version, "10")
} else := sprintf("PostgreSQL %s is not one of the documented versions; use 11.x", [version]) if {
	not is_version(version, "11")
} else := message if {
	early
	message := sprintf(
		"PostgreSQL %s is supported from tag 100.0.1000041 on, but images.tenant.tag is %s; upgrade the service first",
		[version, tag],
	)
}

is_version(version, pattern) if regex.match(sprintf(`^v?%s(\.|$)`, [pattern]), version)

tag := input.values.images.tenant.tag

# early says that the image is older than 100.0.100.0041, which is written as 100.0.1000041 in tags.
early if {
	[_, third, fourth] := regex.find_all_string_submatch_n(`^100\.0\.(\d+)(?:\.(\d+))?$`, tag, 1)[0]
	to_number(concat("", [third, fourth])) < 1000041
}
