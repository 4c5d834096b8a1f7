# METADATA
# title: Run IWD Data Mart as a cron job
# description: >-
#   IWD Data Mart is a job on a schedule and has no high availability; its chart renders a CronJob for each tenant.
# custom:
#   severity: error
#   remediation: Use the chart iwddm-cronjob, once for each tenant.
#   facts: [SUI-058]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: High availability modes}
package policies["genesys-suite"]["data-mart-job"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"manifest": i, "path": ["kind"], "message": message} if {
	some i, item in suite.objects
	item.kind in {"Deployment", "StatefulSet"}
	startswith(item.metadata.name, "iwddm")
	message := sprintf("IWD Data Mart is a job on a schedule, not a %s; make it a CronJob", [item.kind])
}

findings contains {"path": [], "holds": true, "severity": "warning", "message": message} if {
	suite.service == "iwddm"
	count(input.context.tenants) > 1
	message := sprintf("one release of IWD Data Mart serves one tenant, not %s; make a release for each", [
		lib.join_words(input.context.tenants, "and"),
	])
}
