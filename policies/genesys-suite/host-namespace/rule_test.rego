package policies["genesys-suite"]["host-namespace_test"]

import data.policies["genesys-suite"]["host-namespace"] as rule

homes(text) := found if {
	[_, found] := rule.address(text)
}

test_addresses if {
	homes("http://gauth-auth.gauth:80") == "gauth"
	homes("voice-sipproxy.voice.svc.cluster.local") == "voice"
	homes("https://gws-service-proxy.gws.svc/path") == "gws"
	not homes("gauth-auth.example.com")
	not homes("nexus.io")
	not homes("gauth-auth")
	not homes("10.0.0.1")
	not homes("nexus.10")
}
