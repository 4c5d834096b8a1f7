# METADATA
# title: Undo image, chart and configuration together
# description: >-
#   A rollback is helm rollback, or the installation of the previous package: with the old image version, the old chart
#   and without the configuration that was made for the new one. All init containers go back with the service.
# custom:
#   severity: warning
#   needs: previous
#   remediation: Use helm rollback, or set every tag and the chart back to the versions of the old release.
#   facts: [TEN-020]
#   source: {document: "Upgrade, roll back, or uninstall Tenant Service", section: "Rolling Update: Rollback"}
package policies["genesys-tenant"]["upgrade-rollback"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {
	"path": tenant.tag_path,
	"related": [{"previous": true, "path": tenant.tag_path, "message": "what is installed"}],
	"message": sprintf("images.tenant.tag goes back from %s to %s, but the chart is %s; install the old one, too", [
		lib.quote(tenant.was(tenant.tag_path)),
		lib.quote(tenant.will_be(tenant.tag_path)),
		tenant.chart_versions[1],
	]),
} if {
	tenant.goes_back
	not tenant.version_less(tenant.chart_versions[1], tenant.chart_versions[0])
}

findings contains {
	"path": path,
	"related": [{"path": tenant.tag_path, "message": "the service goes back to this"}],
	"message": sprintf("images.%s.tag stays at %s while the service goes back to %s; set it back, too", [
		image,
		lib.quote(tenant.will_be(path)),
		lib.quote(tenant.will_be(tenant.tag_path)),
	]),
} if {
	tenant.goes_back
	some image in ["pgdbInit", "rcsInit", "pulseInit"]
	path := ["images", image, "tag"]
	tenant.was(path) == tenant.was(tenant.tag_path)
	tenant.will_be(path) != ""
	not tenant.version_less(tenant.will_be(path), tenant.was(path))
}
