# METADATA
# title: What the rules of every pack share
# description: >-
#   Each function here is compiled on every run that uses a policy, so only what several packs need belongs here.
package policies.lib

# known says that a value does not wait for a placeholder: $NAME, ${NAME} or {{ expression }}.
known(value) if not is_string(value)

known(value) if {
	is_string(value)
	not contains(value, "$")
	not contains(value, "{{")
}

known(value) if {
	is_string(value)
	not regex.match(`\$([A-Za-z_]|\{[A-Za-z_][^}]*\})|\{\{(?s:.*)\}\}`, value)
}

# get returns the value at a path, or the fallback where there is none or it is null.
# Where null must be told from absent, use object.get.
get(tree, path, fallback) := value if {
	value := object.get(tree, path, null)
	value != null
} else := fallback

# present says that there is a value at the path, and that it is not null.
present(tree, path) if object.get(tree, path, null) != null

# quote writes a value for a message: strings in double quotes, anything else as JSON.
quote(value) := sprintf("%q", [value]) if is_string(value)

quote(value) := json.marshal(value) if not is_string(value)

# join_words writes a list for a message: "a", "a and b", "a, b and c". The word is "and" or "or".
join_words(words, word) := sprintf("%s %s %s", [
	concat(", ", array.slice(words, 0, count(words) - 1)),
	word,
	words[count(words) - 1],
]) if {
	count(words) > 1
} else := concat("", words)

# path_string writes a path as helm --set takes it: tenant.secrets.pgdb.mounts[1].mountPath.
path_string(path) := trim_prefix(concat("", [_step(step) | some step in path]), ".")

_step(step) := sprintf("[%d]", [step]) if is_number(step)

_step(step) := sprintf(".%s", [regex.replace(step, `[\\.\[\]]`, `\$0`)]) if is_string(step)
