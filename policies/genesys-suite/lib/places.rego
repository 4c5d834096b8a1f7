# What the values hold at whatever level, found by one walk for all rules that look there.
package policies["genesys-suite"].lib

# mappings are the mappings of the values that stand under a key, as [path, key, mapping].
mappings := [[place[0], place[1], place[2]] | some place in _places; is_object(place[2])]

# under are the values that stand under a key of that name, as [path, value].
under(name) := [[place[0], place[2]] | some place in _places; place[1] == name]

# addresses are the texts with a scheme or an account in them, as [path, text].
addresses := [[path, value] |
	walk(input.values, [path, value])
	is_string(value)
	regex.match(`@|^jdbc:`, value)
]

# _places are what stands under the keys that rules look for.
_places := [[path, key, value] |
	walk(input.values, [path, value])
	key := path[count(path) - 1]
	is_string(key)
	regex.match(`^(nodeSelector|priorityClassName)$|(?i:annotations|securitycontext)$`, key)
]
