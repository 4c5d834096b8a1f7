package policies["genesys-tenant"]["user-ids_test"]

import data.policies["genesys-tenant"]["user-ids"] as rule

found(container, pod) := findings if {
	findings := rule.findings with input as {"values": {"tenant": {
		"containerSecurityContext": container,
		"securityContext": pod,
	}}}
}

on_openshift(values, whole) := findings if {
	findings := rule.findings with input as {
		"values": values,
		"whole": whole,
		"context": {"platform": "openshift"},
	}
}

arbitrary := {"runAsUser": null, "runAsGroup": 0}

test_good if {
	count(found({}, {})) == 0
	count(found({"runAsUser": 500, "runAsGroup": 500}, {"fsGroup": 500})) == 0
	count(found(arbitrary, {"fsGroup": null})) == 0
}

test_unknown_ids if {
	count(found({"runAsUser": "$ID", "runAsGroup": 0}, {"fsGroup": null})) == 0
	count(found({"runAsUser": null, "runAsGroup": "$ID"}, {"fsGroup": null})) == 0
}

test_root if {
	[finding] := [f | some f in found({"runAsUser": 0, "runAsGroup": 0}, {"fsGroup": 0})]
	contains(finding.message, "runAsUser 0 is root")
	not finding.severity
}

test_incomplete if {
	cases := [
		[{"runAsGroup": 0}, {"fsGroup": null}, "runAsUser", "is left out"],
		[{"runAsUser": 500, "runAsGroup": 0}, {"fsGroup": null}, "runAsUser", "is 500"],
		[{"runAsUser": null}, {"fsGroup": null}, "runAsGroup", "is left out"],
		[{"runAsUser": null, "runAsGroup": 1000}, {}, "runAsGroup", "is 1000"],
		[arbitrary, {}, "fsGroup", "is left out"],
		[arbitrary, {"fsGroup": 500}, "fsGroup", "is 500"],
		[{"runAsUser": "null", "runAsGroup": 0}, {"fsGroup": 500}, "fsGroup", "is 500"],
	]
	every case in cases {
		[container, pod, id, want] := case
		[finding] := [f | some f in found(container, pod)]
		finding.path[2] == id
		startswith(finding.message, sprintf("%s %s", [id, want]))
		not finding.severity
		every related in finding.related {
			related.path != finding.path
		}
	}
}

test_warnings if {
	cases := [
		[{"runAsUser": null, "runAsGroup": null}, {"fsGroup": null}, "runAsGroup", "runAsGroup is null"],
		[{"runAsUser": 5000}, {}, "runAsUser", "runAsUser 5000 is not 500"],
		[{"runAsUser": 1000660000, "runAsGroup": 0}, {"fsGroup": null}, "runAsUser", "runAsUser 1000660000"],
		[{}, {"fsGroup": 0}, "fsGroup", "fsGroup 0 gives the volumes to the root group"],
		[{"runAsGroup": null}, {}, "runAsGroup", "runAsGroup null leaves the group"],
		[{"runAsGroup": 501}, {}, "runAsGroup", "runAsGroup 501 is not 500"],
		[{}, {"fsGroup": 501}, "fsGroup", "fsGroup 501 is not 500"],
	]
	every case in cases {
		[container, pod, id, want] := case
		[finding] := [f | some f in found(container, pod)]
		finding.path[2] == id
		startswith(finding.message, want)
		finding.severity == "warning"
	}
}

test_root_group_of_volumes_is_an_info if {
	[finding] := [f | some f in found(arbitrary, {"fsGroup": 0})]
	finding.severity == "info"
	finding.facts == ["TEN-070", "TEN-159"]
}

test_openshift_with_defaults if {
	[finding] := [f | some f in on_openshift({"tenant": {}}, true)]
	finding.severity == "info"
	count(on_openshift({"tenant": {}}, false)) == 0
	count(on_openshift({"tenant": {"containerSecurityContext": {"runAsUser": 500}}}, false)) == 1
	null_ids := {"containerSecurityContext": arbitrary, "securityContext": {"fsGroup": null}}
	count(on_openshift({"tenant": null_ids}, true)) == 0
}

test_openshift_without_context if {
	values := {"tenant": {"containerSecurityContext": null, "securityContext": null}}
	[finding] := [f | some f in on_openshift(values, true)]
	contains(finding.message, "removes the whole container context")
	count(found(null, null)) == 0
}
