package policies["genesys-tenant"]["gws-endpoint_test"]

import data.policies["genesys-tenant"]["gws-endpoint"] as rule

auth := "gauth-auth.gauth.svc.cluster.local"

env := "gauth-environment.gauth.svc.cluster.local"

found(gws, upstreams, whole) := findings if {
	findings := rule.findings with input as {
		"values": {"tenant": {"gws": gws, "general": {"upstreamServices": upstreams}}},
		"whole": whole,
	}
}

test_good if {
	count(found({"enable": "true", "authEndpoint": auth, "envEndpoint": env}, "", true)) == 0
	count(found({"enable": "true", "authEndpoint": "gws.example.com:8080", "envEndpoint": env}, "", true)) == 0
	count(found({"enable": "false"}, "", true)) == 0
	count(found({"enable": "$GWS"}, "", true)) == 0
	count(found({"enable": "true"}, "", false)) == 0
	count(found(
		{
			"enable": "true",
			"authEndpoint": "gauth-auth.${NS}.svc.${SCOPE}",
			"envEndpoint": "gauth-environment.${NS}.svc.${SCOPE}",
		},
		"", true,
	)) == 0
}

test_missing if {
	every gws in [{"enable": "true", "authEndpoint": "", "envEndpoint": ""}, {"enable": "true"}] {
		by_path := {finding.path[2]: finding | some finding in found(gws, "voice-sipfe:9101", true)}
		by_path.authEndpoint.severity == "error"
		contains(by_path.envEndpoint.message, "would register at localhost")
		count(by_path) == 2
	}
}

test_environment_reached_by_mesh if {
	every upstreams in ["gauth-environment:8080", "GWS-core:1,voice-sipfe:9101", "$UPSTREAMS"] {
		count(found({"enable": "true", "authEndpoint": auth, "envEndpoint": ""}, upstreams, true)) == 0
	}
}

test_interaction_service_is_no_mesh if {
	count(found({"enable": "true", "authEndpoint": auth, "envEndpoint": ""}, "ixn-server-$ID:7120", true)) == 1
}

test_same_host if {
	every pair in [[auth, auth], [auth, concat("", [auth, ":80"])], ["gauth.${NS}.svc.x", "gauth.$NS.svc.x"]] {
		gws := {"enable": "true", "authEndpoint": pair[0], "envEndpoint": pair[1]}
		[finding] := [f | some f in found(gws, "", true)]
		contains(finding.message, "have the same host")
		finding.holds
	}
}

test_short_name if {
	every name in ["gauth-auth", "gauth-auth.gauth", "gauth-auth.gauth.svc:80"] {
		[finding] := [f | some f in found({"enable": "true", "authEndpoint": name, "envEndpoint": env}, "", true)]
		finding.severity == "info"
	}
}
