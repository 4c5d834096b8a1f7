# METADATA
# title: Install one image version
# description: >-
#   The service and its init containers are released together and have one version. An init container of another
#   version upgrades the database to what the service does not expect, or not at all. The release notes write
#   100.0.100.0076 where the image tag is 100.0.1000076. An init container that is switched on needs a tag of its own.
#   Roles and privileges may have a version of another product line.
# custom:
#   severity: error
#   remediation: >-
#     Set images.tenant.tag, images.pgdbInit.tag and images.pulseInit.tag, and images.rcsInit.tag where it is used, to
#     one version.
#   facts: [TEN-018, TEN-042, TEN-043, TEN-156, TEN-157]
#   source: {document: Tenant Service Private Edition Guide, section: Versioning}
package policies["genesys-tenant"]["image-version"]

# tags are the tags as the registry spells them.
tags[image] := regex.replace(tag, `^(\d+\.\d+\.\d{3})\.(\d{4})$`, `$1$2`) if {
	some image, _ in cited
	tag := input.values.images[image].tag
	object.get(input.values.images[image], "enable", "") != "false"
	is_string(tag)
	tag != ""
}

cited := {"tenant": "TEN-042", "pgdbInit": "TEN-042", "pulseInit": "TEN-042", "rcsInit": "TEN-043"}

findings contains {
	"path": ["images", image, "tag"],
	"severity": "warning",
	"facts": [cited[image]],
	"fix": {"description": "write the tag", "path": ["images", image, "tag"], "value": tag},
	"message": sprintf("%q is how release notes write the version; the tag is %q", [input.values.images[image].tag, tag]),
} if {
	some image, tag in tags
	tag != input.values.images[image].tag
}

findings contains object.union(align(image, tag), {
	"path": ["images", image, "tag"],
	"severity": severity(image, tag),
	"facts": [cited[image], "TEN-018"],
	"related": [{"path": ["images", "tenant", "tag"], "message": "the version of the service"}],
	"message": sprintf("images.%s.tag is %q, but images.tenant.tag is %q; %s", [
		image,
		tag,
		tags.tenant,
		advice(image, tag),
	]),
}) if {
	some image, tag in tags
	tag != tags.tenant
}

findings contains object.union(lack, {
	"path": ["images", image, "tag"],
	"facts": facts,
	"related": [{"path": ["images", image, "enable"], "message": "it is switched on here"}],
}) if {
	some image, facts in {"pgdbInit": ["TEN-042"], "pulseInit": ["TEN-157"], "rcsInit": ["TEN-043", "TEN-156"]}
	input.values.images[image].enable == "true"
	object.get(input.values.images[image], "tag", "absent") == "absent"
	lack := untagged(image)
}

# align takes the version of the service: the init containers are released with it.
align(_, tag) := {} if other_line(tag)

align(image, tag) := {"fix": {
	"description": "write the version of the service",
	"path": ["images", image, "tag"],
	"value": tags.tenant,
	"safe": false,
}} if {
	not other_line(tag)
}

default severity(_, _) := "error"

severity("rcsInit", tag) := "info" if other_line(tag)

else := "warning"

default advice(_, _) := "set both to the same version"

advice("rcsInit", tag) := "check that this version of roles and privileges goes with it" if other_line(tag)

other_line(tag) if {
	lines := [regex.find_n(`^\d+`, text, 1)[0] | some text in [tag, tags.tenant]]
	lines[0] != lines[1]
}

untagged(image) := {"message": message} if {
	message := sprintf("images.%s is switched on, but has no tag; write tag: %s", [image, tags.tenant])
} else := {
	"severity": "info",
	"message": sprintf("images.%s is switched on without a tag; set it where images.tenant.tag is set", [image]),
}
