package policies["genesys-suite"]["storage-class_test"]

import data.policies["genesys-suite"]["storage-class"] as rule

count_for(values) := count(findings) if {
	findings := rule.findings with input as {"values": values}
}

pvc(class) := {"storage": {"pvc": {"enabled": true, "storageClassName": class}}}

test_classes if {
	count_for(pvc("")) == 1
	count_for(pvc("managed-premium")) == 1
	count_for(pvc("files-standard-redundant")) == 0
	count_for(pvc(null)) == 0
	count_for({"storage": {"pvc": {"enabled": false, "storageClassName": ""}}}) == 0
	count_for({"log": {"volumeType": "none", "pvc": {"class": ""}}}) == 0
	count_for({"log": {"volumeType": "pvc", "pvc": {"class": ""}}}) == 1
}
