# METADATA
# title: Know that an upgrade goes back
# description: >-
#   A rolling update is rolled back by setting the previous image tag and upgrading again. A tag lower than before
#   is such a rollback, or a mistake.
# custom:
#   severity: info
#   needs: previous
#   remediation: Keep it if you mean to roll back; otherwise write the newer tag.
#   facts: [SUI-165]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Rollback / Rolling Update}
package policies["genesys-suite"]["tag-rollback"]

import data.policies["genesys-suite"].lib as suite

findings contains {"path": row.path, "message": message} if {
	suite.service
	not suite.service_is("tenant")
	some row in suite.settings("imageTag")
	before := object.get(input.previous.values, row.path, "")
	numbers(row.value) < numbers(before)
	message := sprintf("image tag %s is lower than %s before; this rolls back", [row.value, before])
}

# Groups may have leading zeros, which a number must not.
group_value(group) := "0" if {
	trim_left(group, "0") == ""
} else := trim_left(group, "0")

numbers(tag) := [to_number(group_value(group)) | some group in split(tag, ".")] if {
	regex.match(`^[0-9]{1,9}(\.[0-9]{1,9})*$`, tag)
}
