# Versions: of k0rdent, and of what templates install.
package policies.k0rdent.lib

# kcm is the release of k0rdent that the configuration tells, as a semantic version.
kcm := semantic(input.context.kcmVersion)

# kcm_before says that the release is told and older than the version.
kcm_before(version) if semver.compare(kcm, version) < 0

kcm_from(version) if semver.compare(kcm, version) >= 0

# semantic turns a plain version, with or without v and patch, into one that can be compared. It is undefined for
# anything else.
semantic(text) := sprintf("%s.%s.%s%s", [major, minor, patch, pre]) if {
	is_string(text)
	pattern := `^[vV]?([0-9]+)\.([0-9]+)(?:\.([0-9]+))?(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$`
	[[_, major, minor, given, pre]] := regex.find_all_string_submatch_n(pattern, text, 1)
	patch := {"": "0"}[given]
} else := sprintf("%s.%s.%s%s", [major, minor, patch, pre]) if {
	is_string(text)
	pattern := `^[vV]?([0-9]+)\.([0-9]+)\.([0-9]+)(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$`
	[[_, major, minor, patch, pre]] := regex.find_all_string_submatch_n(pattern, text, 1)
}

# natural turns a name into something that sorts as people sort names: a-10 after a-9.
natural(text) := [part |
	some raw in regex.find_n(`[0-9]+|[^0-9]+`, text, -1)
	part := _part(raw)
]

# Leading zeros are no number for Rego.
_part(raw) := to_number(trim_left(raw, "0")) if {
	regex.match(`^0*[1-9][0-9]*$`, raw)
} else := 0 if {
	regex.match(`^0+$`, raw)
} else := raw
