package policies["genesys-tenant"]["network-policy_test"]

import data.policies["genesys-tenant"]["network-policy"] as rule

policy(spec) := {
	"apiVersion": "networking.k8s.io/v1",
	"kind": "NetworkPolicy",
	"metadata": {"name": "p", "namespace": "voice"},
	"spec": spec,
}

ingress(ports) := policy({"podSelector": {}, "ingress": [{"ports": ports}]})

facts(manifests) := facts if {
	found := rule.findings with input as {"release": {"name": "t0100", "namespace": "voice"}, "manifests": manifests}
	facts := {fact | some fact in found[_].facts}
}

test_range_admits if {
	facts([ingress([{"port": 1, "endPort": 65535}])]) == set()
	facts([ingress([{"port": 1, "endPort": 9000}])]) == {"TEN-024"}
	facts([ingress([{"protocol": "TCP"}])]) == set()
	facts([ingress([{"protocol": "UDP"}])]) == {"TEN-024"}
}

test_named_port_may_be_any if facts([ingress([{"port": "metrics"}])]) == set()

test_no_ports_admit_all if {
	facts([policy({"podSelector": {}, "ingress": [{"from": [{"podSelector": {}}]}]})]) == set()
	facts([policy({"podSelector": {}, "ingress": []})]) == {"TEN-024"}
}

test_directions if {
	facts([policy({"podSelector": {}, "policyTypes": ["Egress"]})]) == {"TEN-025"}
	facts([policy({"podSelector": {}, "egress": []})]) == {"TEN-024", "TEN-025"}
}

test_selectors if {
	every labels in [{"servicename": "tenant"}, {"app": "voice-tenant"}, {"app.kubernetes.io/instance": "t0100"}] {
		facts([policy({"podSelector": {"matchLabels": labels}})]) == {"TEN-024"}
	}
	every labels in [{"app": "tenant-monitor"}, {"app": "postgres"}] {
		facts([policy({"podSelector": {"matchLabels": labels}})]) == set()
	}
}

test_dns_on_openshift if {
	ports := [{"port": 7120}, {"port": 5432}, {"port": 9093}, {"port": 6379}, {"port": 5353, "protocol": "UDP"}]
	facts([policy({"podSelector": {}, "policyTypes": ["Egress"], "egress": [{"ports": ports}]})]) == set()
}

test_redis_of_another_location if {
	every peer, expected in {{"podSelector": {}}: {"TEN-028"}, {"ipBlock": {"cidr": "10.0.0.0/8"}}: set()} {
		found := rule.findings with input as {
			"values": {"tenant": {"consul": {"masterdc": "west", "homedc": "east"}}},
			"release": {"name": "t0100", "namespace": "voice"},
			"manifests": [policy({"podSelector": {}, "policyTypes": ["Egress"], "egress": [{"to": [peer]}]})],
		}
		{fact | some fact in found[_].facts} == expected
	}
}
