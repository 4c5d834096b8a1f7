# Version constraints as Helm and k0rdent read them: >=1.28, ~1.2.3, 1.x, "1.2 - 1.4", a || b.
package policies.k0rdent.lib

_term := concat("", [
	`(?:=|==|!=|>|<|>=|=>|<=|=<|~|~>|\^)?\s*[vV]?(?:[0-9]+|[xX*])`,
	`(?:\.(?:[0-9]+|[xX*]))?(?:\.(?:[0-9]+|[xX*]))?`,
	`(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?`,
])

_all_of := sprintf(`\s*%s(?:\s+-\s+%s)?(?:\s*[,\s]\s*%s)*\s*`, [_term, _term, _term])

# constraint says that a text can be read as a version constraint.
constraint(text) if regex.match(sprintf(`^%s(?:\|\|%s)*$`, [_all_of, _all_of]), text)

# violates says that a version does not satisfy a constraint. Of constraints with alternatives, wildcards, ranges
# with a hyphen, ~ and ^ nothing is said.
violates(version, text) if {
	constraint(text)
	not regex.match(`[|~^*xX]|\s-\s`, text)
	some [_, operator, wanted] in regex.find_all_string_submatch_n(`([<>=!]*)\s*([vV]?[0-9][0-9A-Za-z.+-]*)`, text, -1)
	_fails(operator, semver.compare(version, _padded(wanted)))
}

_padded(text) := semantic(text) if {
	semantic(text)
} else := sprintf("%s.0.0", [trim_left(text, "vV")])

_fails(operator, order) if {
	operator in {">=", "=>"}
	order < 0
}

_fails(">", order) if order <= 0

_fails(operator, order) if {
	operator in {"<=", "=<"}
	order > 0
}

_fails("<", order) if order >= 0
