package policies["genesys-suite"]["shared-disk_test"]

import data.policies["genesys-suite"]["shared-disk"] as rule

claim(modes) := {"kind": "PersistentVolumeClaim", "metadata": {"name": "ws"}, "spec": {"accessModes": modes}}

pods(replicas) := {"kind": "Deployment", "metadata": {"name": "designer"}, "spec": {
	"replicas": replicas,
	"template": {"spec": {"volumes": [{"persistentVolumeClaim": {"claimName": "ws"}}]}},
}}

count_for(manifests) := count(findings) if {
	findings := rule.findings with input as {"manifests": manifests}
}

test_claims if {
	count_for([claim(["ReadWriteOnce"]), pods(3)]) == 1
	count_for([claim(["ReadWriteMany"]), pods(3)]) == 0
	count_for([claim(["ReadWriteOnce"]), pods(1)]) == 0
	count_for([pods(3)]) == 0
}
