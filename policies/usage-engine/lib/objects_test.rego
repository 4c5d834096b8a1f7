package policies["usage-engine"].lib_test

import data.policies["usage-engine"].lib as usage

platform(namespace) := {"kind": "StatefulSet", "metadata": {"name": "platform", "namespace": namespace}}

ecd := {"kind": "ECDeployment", "metadata": {"name": "sip", "namespace": "uepe"}}

test_platforms if {
	count(usage.platforms) == 1 with input as {"manifests": [platform("uepe"), ecd]}
	count(usage.platforms) == 0 with input as {"manifests": [platform("shop"), ecd]}
	count(usage.platforms) == 1 with input as {"manifests": [platform("shop")]}
	count(usage.platforms) == 0 with input as {"manifests": [platform("shop")], "release": {"namespace": "uepe"}}
	nowhere := {"kind": "StatefulSet", "metadata": {"name": "platform"}}
	count(usage.platforms) == 1 with input as {"manifests": [nowhere, ecd]}
}

test_images if {
	usage.tag("r.example.com:5000/a/b:1.2@sha256:00") == "1.2"
	not usage.tag("r.example.com:5000/a/b")
}
