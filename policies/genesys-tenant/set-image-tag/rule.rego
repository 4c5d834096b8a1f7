# METADATA
# title: Set all image tags in one command
# description: >-
#   The tip to set SERVICE.image.tag does not fit this chart: Helm takes the key without a word, and the old image
#   stays. The tags are images.tenant.tag, images.pgdbInit.tag and images.pulseInit.tag, and have to change together,
#   as an init container of another version applies the database schema of that version.
# custom:
#   severity: error
#   remediation: Set images.tenant.tag, images.pgdbInit.tag and images.pulseInit.tag to one version in one command.
#   facts: [TEN-018]
#   needs: commands
#   source: {document: "Upgrade, roll back, or uninstall Tenant Service", section: "Rolling Update: Upgrade"}
package policies["genesys-tenant"]["set-image-tag"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {"command": i, "word": set.word, "message": message} if {
	some i, command in tenant.commands
	some set in command.sets
	set.path[count(set.path) - 1] == "tag"
	set.path[count(set.path) - 2] == "image"
	count(set.path) <= 3
	message := sprintf("%s is no key of this chart; set images.tenant.tag, and the tags of the init containers with it", [
		lib.path_string(set.path),
	])
}

findings contains {"command": i, "word": main.word, "message": message} if {
	some i, command in tenant.commands
	some main in command.sets
	main.path == tag_path("tenant")
	stale := [lib.path_string(tag_path(image)) |
		some image in ["pgdbInit", "pulseInit"]
		differs(command, main, image)
	]
	count(stale) > 0
	message := sprintf("images.tenant.tag changes in this command, but not %s; set all of them to one version", [
		lib.join_words(stale, "and"),
	])
}

tag_path(image) := ["images", image, "tag"]

differs(command, main, image) if {
	tags := [set | some set in command.sets; set.path == tag_path(image)]
	not same(tags, main, image)
}

# The last assignment wins; what the shell makes may be the same.
same(tags, main, _) if tags[count(tags) - 1].value == main.value

same(tags, main, _) if {
	count(tags) > 0
	undefined(tags[count(tags) - 1], main)
}

same([], main, image) if sprintf("%v", [input.values.images[image].tag]) == sprintf("%v", [main.value])

same([], _, image) if {
	tag := input.values.images[image].tag
	not lib.known(tag)
}

same([], _, "pulseInit") if input.values.images.pulseInit.enable == "false"

undefined(_, main) if not has_value(main)

undefined(last, _) if not has_value(last)

has_value(set) if object.get(set, "value", set) != set
