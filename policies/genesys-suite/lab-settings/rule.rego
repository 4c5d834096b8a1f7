# METADATA
# title: Leave lab settings to the lab
# description: >-
#   The example values declare themselves unfit for quality assurance and production: single replicas, TLS off, a
#   standalone database, the Developer edition of SQL Server, which is not licensed for production.
# custom:
#   severity: warning
#   needs: context
#   context: [environment]
#   remediation: Replace the settings, or tell the pack that this is a lab.
#   facts: [SUI-173]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Secrets}
package policies["genesys-suite"]["lab-settings"]

import data.policies["genesys-suite"].lib as suite

findings contains finding if {
	suite.production
	kinds := {kind | some [kind, _, _, _] in settings}
	telling(kinds)
	ordered := sort([[path, words] | some [_, _, path, words] in settings])
	[path, words] := ordered[0]
	finding := {
		"path": path,
		"message": sprintf(
			"%d lab settings are left in the values of production, such as %s; replace them",
			[count(ordered), words],
		),
		"related": [{"path": other, "message": text} |
			some i, [other, text] in ordered
			i > 0
		],
	}
}

# Each by itself has a rule of its own, except what no service has.
telling(kinds) if kinds & {"edition", "architecture"} != set()

telling(kinds) if count(kinds) > 1

settings contains ["edition", 0, ["edition", "value"], "the Developer edition"] if {
	input.values.edition.value == "Developer"
}

settings contains ["architecture", 1, ["architecture"], "a standalone database"] if {
	suite.foreign(suite.here)
	input.values.architecture == "standalone"
}

settings contains ["replicas", 2, row.path, "a single replica"] if {
	suite.service
	some row in suite.fixed_replicas
	row.value == 1
	suite.mode.ha == ["n+1"]
}

settings contains ["tls", 3, row.path, "TLS switched off"] if {
	suite.service
	some row in suite.settings("datastoreTls")
	row.value in {false, "false"}
}
