# METADATA
# title: Move image tags and chart version together
# description: >-
#   An upgrade updates the tags of the images and the version of the chart. With one of them left behind, images and
#   chart are of different releases. The versions of the two are not equal, so only that both change is judged.
# custom:
#   severity: warning
#   needs: previous
#   remediation: Take chart and images from one release note.
#   facts: [TEN-007]
#   source: {document: "Upgrade, roll back, or uninstall Tenant Service", section: Single region/location/cluster}
package policies["genesys-tenant"]["upgrade-versions"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {"path": tenant.tag_path, "message": message} if {
	tenant.new_chart
	tenant.was(tenant.tag_path) != ""
	tenant.was(tenant.tag_path) == tenant.will_be(tenant.tag_path)
	message := sprintf("the chart goes from %s to %s, but images.tenant.tag stays at %s; set the tags of that release", [
		tenant.chart_versions[0],
		tenant.chart_versions[1],
		lib.quote(tenant.will_be(tenant.tag_path)),
	])
}

# An older image with the same chart is reported as a rollback.
findings contains {
	"path": tenant.tag_path,
	"related": [{"previous": true, "path": tenant.tag_path, "message": "what is installed"}],
	"message": sprintf("images.tenant.tag goes from %s to %s, but the chart stays at %s; upgrade it too, unless %s", [
		lib.quote(tenant.was(tenant.tag_path)),
		lib.quote(tenant.will_be(tenant.tag_path)),
		tenant.chart_versions[0],
		"the release note says that only images change",
	]),
} if {
	tenant.changes(tenant.tag_path)
	tenant.chart_versions[0] == tenant.chart_versions[1]
	not tenant.goes_back
}
