package policies["genesys-suite"].lib_test

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib

service_for(more) := found if {
	found := lib.service with input as more
}

test_service if {
	service_for({"release": {"chart": {"name": "gvp-rs"}}}) == "gvp"
	service_for({"release": {"chart": {"name": "init"}}}) == "pulse"
	service_for({"values": {"designer": {"designerConfig": {}}}}) == "designer"
	service_for({"context": {"service": "Email Service"}}) == "iwdem"
	service_for({"context": {"service": "pulse-dcu"}, "values": {"bdsApp": {}}}) == "pulse"
	service_for({"release": {"namespace": "gws"}, "values": {}}) == "gws"
	not service_for({"release": {"namespace": "voice"}, "values": {}})
	not service_for({"release": {"chart": {"name": "redis"}}, "values": {"replicaCount": 1}})
	not service_for({"values": {"bdsApp": {}, "gwsServices": {}}})
}

test_component if {
	every chart, expected in {
		"gvp-rs": "gvp-rs", "voice-agent": "voice-agent", "designer-das": "designer-das", "gws-services": "gws",
		"dcu": "pulse-dcu", "cxcontact": "cxc",
	} {
		name := lib.component with input as {"release": {"chart": {"name": chart}}}
		name == expected
	}
}

test_chart if {
	name := lib.chart with input as {"values": {"tlm": {"image": {"tag": "1"}}}}
	name == "telemetry-service"
	unknown := {name | name := lib.chart with input as {"values": {"secrets": {"consulACL": {}}}}}
	unknown == set()
}

test_settings if {
	found := lib.settings("replicas") with input as {
		"release": {"chart": {"name": "gvp-rs"}},
		"values": {"deployment": {"replicaCount": 2}, "replicaCount": 3},
	}
	found == {{"path": ["deployment", "replicaCount"], "value": 2}}
}

test_every_shape_is_of_a_known_chart if {
	every shape in tables.shapes {
		tables.services[shape.service]
		object.get(shape, "chart", "gauth") in object.keys(tables.value_paths)
	}
}
