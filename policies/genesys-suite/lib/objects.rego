# Kubernetes objects that are given beside the values.
package policies["genesys-suite"].lib

import data.policies["genesys-suite"].data as tables
import data.policies.lib

# objects are the objects that may belong to the suite: in no namespace, in that of a service, or in that of the
# release, and not named after a third-party product. Their key is the index in input.manifests.
objects[index] := item if {
	some index, item in input.manifests
	is_object(item)
	in_suite(item)
}

in_suite(item) if {
	not _third_party_name(lib.get(item, ["metadata", "name"], ""))
	_suite_namespace(lib.get(item, ["metadata", "namespace"], ""))
}

# pods are the pod specifications of those objects, as {index, kind, name, path, spec}.
pods contains {"index": index, "kind": item.kind, "name": name, "path": path, "spec": spec} if {
	some index, item in objects
	path := _pod_path(item)
	spec := object.get(item, path, null)
	is_object(spec)
	name := lib.get(item, ["metadata", "name"], "")
}

# containers are the containers of those pods, as {index, path, container}.
containers contains {"index": pod.index, "path": path, "container": container} if {
	some pod in pods
	some list in ["containers", "initContainers"]
	some i, container in pod.spec[list]
	path := array.concat(pod.path, [list, i])
}

# service_in are the services whose namespace a name is.
services_in(namespace) := {key | some key, row in tables.namespaces; namespace in row.namespaces}

_pod_path(item) := ["spec"] if {
	item.kind == "Pod"
} else := ["spec", "jobTemplate", "spec", "template", "spec"] if {
	item.kind == "CronJob"
} else := ["spec", "template", "spec"]

_suite_namespace("")

_suite_namespace(name) if name == input.release.namespace

_suite_namespace(name) if count(services_in(name)) > 0

_third_party_name(name) if {
	some word in split(name, "-")
	word in {
		"consul", "redis", "kafka", "zookeeper", "postgres", "postgresql", "elasticsearch", "opensearch", "mssql",
		"prometheus", "grafana", "keda", "nginx", "fluent", "fluentd", "fluentbit",
	}
}
