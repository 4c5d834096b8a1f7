package cuecheck

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"github.com/helmvet/helmvet/internal/lint"
)

// attrs is what the attributes of a field say. The zero value says nothing.
type attrs struct {
	rule     string
	facts    []string       // of @facts, then of @rule
	severity *lint.Severity // nil when none is given
	expect   string
	yaml     bool
	secret   bool
	null     *nullAttr
	number   *numberAttr
	unknown  *unknownAttr
	mistakes []mistakeAttr
	examples []string    // for editors
	meanings [][2]string // what the words of an enumeration mean, for editors
	// deprecated says what to use instead; editors strike such keys out.
	deprecated string

	ruleFacts []string // of @rule alone
}

type nullAttr struct {
	severity lint.Severity
	facts    []string
}

// unknownAttr says what a key means that a mapping does not know. It holds for
// the mappings below, too, up to one that has an own.
type unknownAttr struct {
	severity lint.Severity
	facts    []string
}

// mistakeAttr names a well-known way to get a string wrong.
type mistakeAttr struct {
	match *regexp.Regexp
	text  string // $1 stands for the first group
}

type numberAttr struct {
	rule     string
	severity lint.Severity
}

// arg is one argument of an attribute; key is empty for a positional one.
type arg struct{ key, value string }

// readAttrs reads the attributes of one field. Attributes of other tools are
// passed over, but not what looks like one of ours misspelt.
func readAttrs(pack string, list []*ast.Attribute) (attrs, error) {
	var a attrs
	var ruleSeverity, ownSeverity *lint.Severity
	var declared []string
	for _, at := range list {
		name, body := at.Split()
		args, err := readArgs(body)
		if err != nil {
			return a, fmt.Errorf("@%s: %w", name, err)
		}
		switch name {
		case "rule":
			err = eachArg(args, func(i int, k, v string) (err error) {
				switch {
				case k == "" && i == 0:
					a.rule = qualify(pack, v)
				case k == "severity":
					ruleSeverity, err = level(v)
				case k == "facts":
					a.ruleFacts = splitFacts(v)
				default:
					err = unknownArg(k, v, `"pack/name", severity=..., facts="..."`)
				}
				return err
			})
			if err == nil && a.rule == "" {
				err = fmt.Errorf(`wants the id of a rule, such as @rule("%s/port")`, pack)
			}
		case "facts":
			err = eachArg(args, func(_ int, k, v string) error {
				if k != "" {
					return unknownArg(k, v, `"TEN-001 TEN-002"`)
				}
				declared = append(declared, splitFacts(v)...)
				return nil
			})
		case "expect":
			err = eachArg(args, func(i int, k, v string) error {
				if k != "" || i > 0 {
					return unknownArg(k, v, `one text`)
				}
				a.expect = v
				return nil
			})
			if err == nil && a.expect == "" {
				err = fmt.Errorf(`wants a text, such as @expect("a port number")`)
			}
		case "severity":
			err = eachArg(args, func(i int, k, v string) (err error) {
				if k != "" || i > 0 {
					return unknownArg(k, v, "error, warning, info or off")
				}
				ownSeverity, err = level(v)
				return err
			})
		case "null":
			n := &nullAttr{severity: lint.Warning}
			a.null = n
			err = eachArg(args, func(i int, k, v string) (err error) {
				switch {
				case k == "" && i == 0, k == "severity":
					n.severity, err = lint.ParseSeverity(v)
				case k == "facts":
					n.facts = splitFacts(v)
				default:
					err = unknownArg(k, v, `"error" or "warning", facts="..."`)
				}
				return err
			})
		case "number":
			n := &numberAttr{}
			a.number = n
			err = eachArg(args, func(i int, k, v string) (err error) {
				switch {
				case k == "" && i == 0:
					n.rule = qualify(pack, v)
				case k == "" && i == 1, k == "severity":
					n.severity, err = lint.ParseSeverity(v)
				default:
					err = unknownArg(k, v, `a rule and a severity`)
				}
				return err
			})
		case "unknown":
			u := &unknownAttr{severity: lint.Info}
			a.unknown = u
			err = eachArg(args, func(i int, k, v string) (err error) {
				switch {
				case k == "" && i == 0, k == "severity":
					u.severity, err = lint.ParseSeverity(v)
				case k == "facts":
					u.facts = splitFacts(v)
				default:
					err = unknownArg(k, v, `"error", "warning" or "info", facts="..."`)
				}
				return err
			})
		case "mistake":
			var words []string
			err = eachArg(args, func(_ int, k, v string) error {
				if k != "" {
					return unknownArg(k, v, `"regexp", "text"`)
				}
				words = append(words, v)
				return nil
			})
			var re *regexp.Regexp
			if err == nil && len(words) != 2 {
				err = fmt.Errorf(`wants a regexp and a text, such as @mistake("^v", "with a leading v; remove it")`)
			}
			if err == nil {
				re, err = regexp.Compile(words[0])
			}
			if err == nil {
				a.mistakes = append(a.mistakes, mistakeAttr{re, words[1]})
			}
		case "example":
			err = eachArg(args, func(_ int, k, v string) error {
				if k != "" || v == "" {
					return unknownArg(k, v, "values")
				}
				a.examples = append(a.examples, v)
				return nil
			})
		case "meaning":
			err = eachArg(args, func(_ int, k, v string) error {
				if k == "" || v == "" {
					return unknownArg(k, v, `word="what it means"`)
				}
				a.meanings = append(a.meanings, [2]string{k, v})
				return nil
			})
		case "deprecated":
			err = eachArg(args, func(i int, k, v string) error {
				if k != "" || i > 0 {
					return unknownArg(k, v, "what to use instead")
				}
				a.deprecated = v
				return nil
			})
			if err == nil && a.deprecated == "" {
				err = fmt.Errorf(`wants what to use instead, such as @deprecated("set image.tag")`)
			}
		case "yaml":
			a.yaml = true
		case "secret":
			a.secret = true
		default:
			if near := nearest(name, ourAttributes); near != "" {
				return a, fmt.Errorf("@%s is no attribute; did you mean @%s?", name, near)
			}
		}
		if err != nil {
			return a, fmt.Errorf("@%s: %w", name, err)
		}
	}
	if a.severity = ruleSeverity; a.severity == nil {
		a.severity = ownSeverity
	}
	a.facts = union(declared, a.ruleFacts)
	return a, nil
}

var ourAttributes = []string{"rule", "facts", "expect", "severity", "null", "number", "unknown", "mistake", "example", "meaning", "deprecated", "yaml", "secret"}

func level(s string) (*lint.Severity, error) {
	l, err := lint.ParseSeverity(s)
	return &l, err
}

// under fills what a does not say from b, an attribute set of a definition that
// the field refers to. The facts of a definition's @rule belong to the rule as
// a whole, not to each field that uses it.
func (a attrs) under(b attrs) attrs {
	if a.rule == "" {
		a.rule = b.rule
	}
	if a.severity == nil {
		a.severity = b.severity
	}
	if len(a.facts) == 0 {
		for _, f := range b.facts {
			if !slices.Contains(b.ruleFacts, f) {
				a.facts = append(a.facts, f)
			}
		}
	}
	if a.expect == "" {
		a.expect = b.expect
	}
	if a.null == nil {
		a.null = b.null
	}
	if a.number == nil {
		a.number = b.number
	}
	if a.unknown == nil {
		a.unknown = b.unknown
	}
	if len(a.mistakes) == 0 {
		a.mistakes = b.mistakes
	}
	if len(a.examples) == 0 {
		a.examples = b.examples
	}
	if len(a.meanings) == 0 {
		a.meanings = b.meanings
	}
	if a.deprecated == "" {
		a.deprecated = b.deprecated
	}
	a.yaml = a.yaml || b.yaml
	a.secret = a.secret || b.secret
	return a
}

// beside joins the attributes of two declarations of the same field.
func (a attrs) beside(b attrs) attrs {
	facts, rules := union(a.facts, b.facts), union(a.ruleFacts, b.ruleFacts)
	a = a.under(b)
	a.facts, a.ruleFacts = facts, rules
	return a
}

func qualify(pack, rule string) string {
	if rule == "" || strings.Contains(rule, "/") {
		return rule
	}
	return pack + "/" + rule
}

func splitFacts(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' })
}

func union(a, b []string) []string {
	out := slices.Clip(a)
	for _, s := range b {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func unknownArg(k, v, want string) error {
	if k != "" {
		return fmt.Errorf("argument %q is not known; want %s", k, want)
	}
	return fmt.Errorf("argument %q is not known; want %s", v, want)
}

func eachArg(args []arg, f func(i int, k, v string) error) error {
	for i, a := range args {
		if err := f(i, a.key, a.value); err != nil {
			return err
		}
	}
	return nil
}

// readArgs splits the body of an attribute at the commas outside of quotes.
func readArgs(body string) ([]arg, error) {
	var out []arg
	for rest := strings.TrimSpace(body); rest != ""; {
		end, eq, quote := len(rest), -1, false
		for i := 0; i < len(rest); i++ {
			c := rest[i]
			switch {
			case quote && c == '\\':
				i++
			case c == '"':
				quote = !quote
			case !quote && c == '=' && eq < 0:
				eq = i
			case !quote && c == ',':
				end = i
			}
			if end == i {
				break
			}
		}
		if quote {
			return nil, fmt.Errorf("a quote is not closed in %s", body)
		}
		a := arg{value: strings.TrimSpace(rest[:end])}
		if eq >= 0 {
			a.key, a.value = strings.TrimSpace(rest[:eq]), strings.TrimSpace(rest[eq+1:end])
		}
		if strings.HasPrefix(a.value, `"`) {
			s, err := literal.Unquote(a.value)
			if err != nil {
				return nil, fmt.Errorf("%s is no string: %v", a.value, err)
			}
			a.value = s
		}
		out = append(out, a)
		if end == len(rest) {
			break
		}
		rest = strings.TrimSpace(rest[end+1:])
	}
	return out, nil
}
