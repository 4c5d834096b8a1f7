# What the tenant has to be told about its backends, and where each value comes from: a file, an environment variable
# that a secret fills, or the values themselves.
package policies["genesys-tenant"].lib

import data.policies.lib

# backends holds, by the path of the setting:
#   label    how messages call it
#   order    its place in the documents
#   path     the path as a list
#   section  the mapping that holds its volumes and mounts; [] for the entries at the root
#   kind     value, credential or account; a value is no secret
#   facts    the facts about the setting itself
#   needs    by container that reads the file, the facts about mounting it there
#   mode     file, env, direct, unset; unknown while a placeholder decides; incomplete when it is none of them yet
#   at       the path of the text that decides the mode
#   name     that text: in file mode the path of the file, in env mode the name of the secret
#   file     in file mode the path without superfluous slashes; absent while it waits for a placeholder
#   key      the key of the secret, "" without one
#   direct   the paths of all values that are written down instead of referred to
backends := {id: object.union(backend, _backend_mode(backend)) |
	some order, [id, label, section, kind, facts, needs] in _backend_table
	path := split(id, ".")
	backend := object.union(
		{
			"label": label,
			"order": order,
			"path": path,
			"section": section,
			"kind": kind,
			"facts": facts,
			"needs": needs,
		},
		_backend_text(kind, path, lib.get(input.expanded, path, "")),
	)
}

_backend_table := [
	["tenant.pgdb.dbhost", "database host", _pgdb_section, "value", ["TEN-049"], _pgdb_needs],
	["tenant.pgdb.dbuser", "database user", _pgdb_section, "value", ["TEN-050"], _pgdb_needs],
	["tenant.pgdb.dbname", "database name", _pgdb_section, "value", ["TEN-051"], _pgdb_needs],
	["tenant.secrets.pgdb.pwd", "database password", _pgdb_section, "credential", ["TEN-052"], _pgdb_needs],
	["tenant.secrets.consul.acl", "Consul token", _consul_section, "credential", ["TEN-057"], _consul_needs],
	["tenant.secrets.redis.configPwd", "Redis configuration cache", _config_section, "credential", ["TEN-060"], _main],
	["tenant.secrets.redis.streamPwd", "Redis tenant stream", _stream_section, "credential", ["TEN-059"], _main],
	["tenant.secrets.kafka.pwd", "Kafka connection", _kafka_section, "credential", ["TEN-063"], _main],
	["tenant.secrets.gws.user", "GWS client id", _gws_section, "credential", ["TEN-089"], _main],
	["tenant.secrets.gws.pwd", "GWS client token", _gws_section, "credential", ["TEN-089"], _main],
	["tenant.svcpwdSecretName", "service account password", [], "account", ["TEN-095"], _account_needs],
]

_pgdb_section := ["tenant", "secrets", "pgdb"]

_consul_section := ["tenant", "secrets", "consul"]

_config_section := ["tenant", "secrets", "redis", "configPwd"]

_stream_section := ["tenant", "secrets", "redis", "streamPwd"]

_kafka_section := ["tenant", "secrets", "kafka"]

_gws_section := ["tenant", "secrets", "gws"]

_pgdb_needs := {"main": ["TEN-098"], "init": ["TEN-099"]}

_consul_needs := {"main": ["TEN-100"], "init": ["TEN-101"]}

_account_needs := {"main": ["TEN-169"], "init": ["TEN-169"]}

_main := {"main": []}

# documented_secrets are the Kubernetes secrets that the documents name: the key that holds the value, the backend that
# owns it, and whether the guide says how to make it or only a sample shows it.
documented_secrets := {
	"dbserver": {"key": "dbserver", "owner": "tenant.pgdb.dbhost", "guide": true},
	"dbname": {"key": "dbname", "owner": "tenant.pgdb.dbname", "guide": true},
	"dbuser": {"key": "dbuser", "owner": "tenant.pgdb.dbuser", "guide": true},
	"dbpassword": {"key": "dbpassword", "owner": "tenant.secrets.pgdb.pwd", "guide": true},
	"svcuseraccount": {"key": "svcpassword", "owner": "tenant.svcpwdSecretName", "guide": true},
	"gauthclientid": {"key": "clientid", "owner": "tenant.secrets.gws.user", "guide": true},
	"gauthclientsecret": {"key": "clientsecret", "owner": "tenant.secrets.gws.pwd", "guide": true},
	"consul-voice-token": {"key": "consul-consul-voice-token", "owner": "tenant.secrets.consul.acl", "guide": false},
	"redis-config-token": {"key": "redis-config-state", "owner": "tenant.secrets.redis.configPwd", "guide": false},
	"redis-tenant-token": {"key": "redis-tenant-stream", "owner": "tenant.secrets.redis.streamPwd", "guide": false},
	"kafka-secrets-token": {"key": "kafka-secrets", "owner": "tenant.secrets.kafka.pwd", "guide": false},
}

# documented_files are the paths at which the samples mount those secrets.
documented_files := {sprintf("/opt/genesys/%s/%s", [folder, documented_secrets[name].key]): name |
	some name, folder in {
		"dbserver": "dbserver",
		"dbname": "dbname",
		"dbuser": "dbuser",
		"dbpassword": "dbpassword",
		"svcuseraccount": "service-user-account",
		"gauthclientid": "gauth-client-id",
		"gauthclientsecret": "gauth-client-token",
		"consul-voice-token": "consul-shared-secret",
		"redis-config-token": "redis-config-secret",
		"redis-tenant-token": "redis-tenant-secret",
		"kafka-secrets-token": "kafka-secrets",
	}
}

# is_secret_name says that a text can be the name of a Kubernetes secret.
is_secret_name(text) if regex.match(`^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$`, text)

# production says that the configuration tells of a production system.
production if input.context.profile == "production"

# warning_or_error is the severity of what may be tolerated outside production.
default warning_or_error := "warning"

warning_or_error := "error" if production

# _backend_text returns name, at, key and direct of a setting.
# The documents do not say under which key a credential is written down, so that every scalar below it counts.
_backend_text("credential", path, value) := {
	"name": _text(object.get(value, "secretName", "")),
	"at": array.concat(path, ["secretName"]),
	"key": _text(object.get(value, "secretKey", "")),
	"direct": [array.concat(path, [key]) |
		some key, content in value
		not lower(key) in _references_and_flags
		_form(content) == "name"
	],
} if {
	is_object(value)
} else := {"name": "", "at": path, "key": "", "direct": [], "misplaced": true} if {
	_form(value) == "file"
} else := _plain_text(path, value)

_backend_text("value", path, value) := _plain_text(path, value)

# The key beside svcpwdSecretName, and the one of a password in clear text, are not documented either.
_backend_text("account", path, value) := {
	"name": _text(value),
	"at": path,
	"key": concat("", [_text(content) |
		some key, content in input.expanded.tenant
		regex.match(`(?i)^svcpwd.*key$`, key)
	]),
	"direct": [["tenant", key] |
		some key, content in input.expanded.tenant
		regex.match(`(?i)^(svc(user)?|service_?(user|account))_?(pwd|pass|password)(value)?$`, key)
		_form(content) == "name"
	],
}

_plain_text(path, value) := {"name": "", "at": path, "key": "", "direct": [path]} if {
	_form(value) == "name"
} else := {"name": _text(value), "at": path, "key": "", "direct": []}

_references_and_flags := {
	"secretname", "secret_name", "secretkey", "secret_key", "existingsecret", "enabled", "enable", "readonly",
}

_text(value) := value if {
	is_string(value)
	trim_space(value) != ""
} else := json.marshal(value) if {
	is_number(value)
} else := ""

# _form tells a path from a name as far as it can be told.
_form(value) := "name" if {
	is_number(value)
} else := "none" if {
	not is_string(value)
} else := "none" if {
	lower(trim_space(value)) in {"", "true", "false"}
} else := "file" if {
	startswith(value, "/")
} else := "unknown" if {
	regex.match(`^\s*(\$|\{\{)`, value)
	not lib.known(value)
} else := "name"

# _backend_mode returns mode, and file where it is known.
_backend_mode(backend) := {"mode": "file", "file": clean_path(backend.name)} if {
	_form(backend.name) == "file"
	lib.known(backend.name)
} else := {"mode": "file"} if {
	_form(backend.name) == "file"
} else := {"mode": "unknown"} if {
	_form(backend.name) == "unknown"
} else := {"mode": "env"} if {
	backend.name != ""
	backend.key != ""
} else := {"mode": "incomplete"} if {
	concat("", [backend.name, backend.key]) != ""
} else := {"mode": "incomplete"} if {
	backend.misplaced
} else := {"mode": "direct"} if {
	count(backend.direct) > 0
} else := {"mode": "unset"}
