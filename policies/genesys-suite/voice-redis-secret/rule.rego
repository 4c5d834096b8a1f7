# METADATA
# title: Give Voice a Redis secret for each kind of key
# description: >-
#   Voice services keep eight kinds of keys in Redis apart: registrations, ORS, ORS streams, call threads, agents,
#   config, SIP and routing requests. Each finds its own secret, so that a set of secrets with gaps is suspicious.
# custom:
#   severity: info
#   needs: manifests
#   remediation: Create the secret that is missing.
#   facts: [SUI-042]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Redis}
package policies["genesys-suite"]["voice-redis-secret"]

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite

findings contains {"manifest": first, "path": ["metadata", "name"], "message": message} if {
	input.manifests_complete
	count(given) > 1
	first := min({i | some i, _ in given})
	missing := {row | some row in tables.voice_redis_keys} - {row | some row in given}
	count(missing) > 0
	message := sprintf("Voice has Redis secrets for some kinds of keys, and none for %s; create them too", [
		suite.names(missing),
	])
}

# The kinds of keys that secrets are named after: redis-ors-stream-token.
given[i] := row if {
	some i, item in input.manifests
	item.kind == "Secret"
	item.metadata.namespace == "voice"
	startswith(item.metadata.name, "redis-")
	name := lower(item.metadata.name)
	some row in tables.voice_redis_keys
	stem := trim_suffix(trim_prefix(name, "redis-"), "-token")
	stem in {lower(replace(row, " ", "-")), sprintf("%ss", [lower(row)]), spelled[row]}
}

spelled := {
	"registrate": "registrar", "ORS": "ors", "ORS stream": "ors-stream", "Callthread": "callthread",
	"Agent": "agent", "Config": "config", "SIP": "sip", "RQ": "rq",
}
