# METADATA
# title: End TLS at the ingress
# description: >-
#   TLS is supported up to the ingress controller and not behind it: services speak plain HTTP, so that a backend
#   protocol of HTTPS reaches none of them. In production each host from outside has a certificate, and a TLS entry
#   that names no secret serves the controller's own.
# custom:
#   severity: warning
#   remediation: Add spec.tls with hosts and secretName, and leave the backend protocol at HTTP.
#   facts: [SUI-066, SUI-081]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Built-in security features}
package policies["genesys-suite"]["ingress-tls"]

import data.policies["genesys-suite"].lib as suite

findings contains {"manifest": i, "path": path, "facts": ["SUI-066"], "message": message} if {
	suite.production
	some i, item in ingresses
	some r, rule in item.spec.rules
	host := rule.host
	not inward(host)
	count(object.get(item, ["spec", "tls"], [])) == 0
	path := ["spec", "rules", r, "host"]
	message := sprintf("host %s is served without TLS; add spec.tls with the host and its secret", [host])
}

findings contains {"manifest": i, "path": path, "facts": ["SUI-066"], "message": message} if {
	some i, item in ingresses
	path := ["metadata", "annotations", backend]
	upper(object.get(item, path, "")) in {"HTTPS", "GRPCS"}
	message := "services do not speak TLS, so that the ingress reaches none of them; write HTTP"
}

findings contains {"path": path, "facts": ["SUI-066"], "message": message} if {
	suite.service_or_foreign
	some row in suite.settings("ingress")
	path := array.concat(row.path, ["annotations", backend])
	upper(object.get(input.values, path, "")) in {"HTTPS", "GRPCS"}
	message := "services do not speak TLS, so that the ingress reaches none of them; write HTTP"
}

findings contains {"path": path, "facts": ["SUI-081"], "message": message} if {
	suite.service_or_foreign
	some row in suite.settings("ingressTls")
	is_array(row.value)
	some i, entry in row.value
	without_secret(entry)
	path := array.concat(row.path, [i])
	message := "the TLS entry names no secret, so that the controller serves its own certificate; add secretName"
}

findings contains {"manifest": i, "path": path, "facts": ["SUI-081"], "message": message} if {
	some i, item in ingresses
	some j, entry in item.spec.tls
	without_secret(entry)
	path := ["spec", "tls", j]
	message := "the TLS entry names no secret, so that the controller serves its own certificate; add secretName"
}

findings contains {"manifest": i, "path": path, "facts": ["SUI-081"], "message": message} if {
	input.context.thirdParty
	count(suite.products("cert-manager")) == 0
	some i, item in ingresses
	some key, _ in item.metadata.annotations
	startswith(key, "cert-manager.io/")
	path := ["metadata", "annotations", key]
	message := "the certificate comes from cert-manager, and the configuration lists none among thirdParty; plan it"
}

backend := "nginx.ingress.kubernetes.io/backend-protocol"

ingresses[i] := item if {
	some i, item in suite.objects
	item.kind == "Ingress"
}

without_secret(entry) if {
	is_object(entry)
	object.get(entry, "secretName", "") in {"", null}
}

# A name within the cluster or the company is not from outside.
inward(host) if regex.match(`(\.svc|\.local|\.internal|-int\.[^.]+.*)$|^[^.]+$`, host)
