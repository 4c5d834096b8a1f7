# METADATA
# title: Create every Secret and ConfigMap that the values name
# description: >-
#   A pod starts only when all Secrets and ConfigMaps that it mounts or reads exist in its own namespace. The database,
#   GWS and password Secrets have to be created before the deployment; the Voice deployment makes those of Consul,
#   Redis and Kafka. An ExternalSecret or a SealedSecret counts as the Secret that it makes. It is an error when the
#   manifests are declared complete or have the name in another namespace only, a warning when they have other Secrets
#   of the namespace, else worth knowing.
# custom:
#   severity: error
#   needs: manifests
#   remediation: >-
#     Create the object in the namespace of the release, or correct the name. Deploy Voice before the tenant.
#   facts: [TEN-038, TEN-111, TEN-113, TEN-115, TEN-116, TEN-117, TEN-151]
#   source: {document: Tenant Service Private Edition Guide, section: Configure service-specific secrets}
package policies["genesys-tenant"]["missing-object"]

import data.policies["genesys-tenant"].lib as tenant

findings contains {
	"path": ref.path,
	"severity": severity,
	"facts": [fact | some fact in facts(ref)],
	"related": elsewhere(ref),
	"message": sprintf("%s; %s", [problem(ref), advice(ref)]),
} if {
	tenant.objects_given
	some ref in tenant.object_refs
	severity := tenant.missing_severity(ref.kind, ref.name)
}

facts(ref) := {"TEN-116"} if ref.kind == "ConfigMap"

facts(ref) := {ref.fact} | {fact | some [fact, true] in reasons} if {
	ref.kind == "Secret"
	reasons := [["TEN-038", ref.name in tenant.voice_secrets], ["TEN-116", misplaced(ref)]]
}

problem(ref) := sprintf("%s %q is in namespace %q, out of reach for the pods in %s", [
	ref.kind,
	ref.name,
	tenant.namespace_of(input.manifests[min(indexes)]),
	tenant.the_namespace,
]) if {
	indexes := tenant.objects_elsewhere(ref.kind, ref.name)
} else := sprintf("no manifest makes %s %q in %s, so the pods cannot start", [
	ref.kind,
	ref.name,
	tenant.the_namespace,
]) if {
	input.manifests_complete == true
} else := sprintf("%s %q is not among the given manifests", [ref.kind, ref.name])

advice(ref) := sprintf("create it in %s too", [tenant.the_namespace]) if {
	misplaced(ref)
} else := sprintf("%s %q is given, named like the volume: name it %q, or write its name here", [
	ref.kind,
	ref.volume,
	ref.name,
]) if {
	tenant.objects(ref.kind, ref.volume)
} else := "the Voice deployment makes it: deploy Voice before the tenant" if {
	ref.name in tenant.voice_secrets
} else := sprintf("run kubectl create secret %s", [arguments(ref)]) if {
	ref.kind == "Secret"
} else := "create it, or correct the name"

arguments(ref) := sprintf("docker-registry %s%s --docker-server=... --docker-username=... --docker-password=...", [
	ref.name,
	namespace_flag,
]) if {
	ref.fact == "TEN-151"
} else := sprintf("generic %s%s%s", [ref.name, namespace_flag, concat("", keys)]) if {
	keys := {sprintf(" --from-literal=%s=...", [use.key]) |
		some use in tenant.secret_uses
		use.name == ref.name
	}
}

default namespace_flag := ""

namespace_flag := sprintf(" -n %s", [tenant.release_namespace])

default misplaced(_) := false

misplaced(ref) if tenant.objects_elsewhere(ref.kind, ref.name)

elsewhere(ref) := [related |
	some index in tenant.objects_elsewhere(ref.kind, ref.name)
	related := {"manifest": index, "path": ["metadata", "namespace"], "message": "it is given here"}
]
