package jsonschema

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"github.com/xeipuuv/gojsonschema"
)

func (s *Schema) checkNew(n *values.Node) []Violation {
	var verr *jsonschema.ValidationError
	if err := s.now.Validate(n.Any()); err == nil {
		return nil
	} else if !errors.As(err, &verr) {
		return []Violation{{Want: err.Error()}}
	}
	return flatten(verr, s)
}

// flatten turns the library's tree of errors into violations. Of alternatives
// that all fail, the one that comes closest speaks.
func flatten(e *jsonschema.ValidationError, s *Schema) []Violation {
	at := pathOf(e.InstanceLocation)
	v := Violation{Path: at, Rule: s.rule(e)}
	one := func(format string, args ...any) []Violation {
		v.Want = fmt.Sprintf(format, args...)
		return []Violation{v}
	}
	switch k := e.ErrorKind.(type) {
	case *kind.AnyOf:
		return closest(e, s)
	case *kind.OneOf:
		if len(k.Subschemas) == 0 {
			return closest(e, s)
		}
		return one("a value that only one alternative of the schema takes, while the %s and the %s do", ordinal(k.Subschemas[0]), ordinal(k.Subschemas[1]))
	case *kind.Not:
		return one("a value that the schema does not rule out with `not`")
	case *kind.Type:
		return one("%s", types(k.Want))
	case *kind.Enum:
		return one("%s", oneOf(k.Want))
	case *kind.Const:
		return one("%s", show(k.Want))
	case *kind.Format:
		return one("%s", format(k.Want))
	case *kind.Pattern:
		return one("text that matches %s", k.Want)
	case *kind.Minimum:
		return one("at least %s", number(k.Want))
	case *kind.Maximum:
		return one("at most %s", number(k.Want))
	case *kind.ExclusiveMinimum:
		return one("more than %s", number(k.Want))
	case *kind.ExclusiveMaximum:
		return one("less than %s", number(k.Want))
	case *kind.MultipleOf:
		return one("a multiple of %s", number(k.Want))
	case *kind.MinLength:
		return one("at least %s", counted(k.Want, "character"))
	case *kind.MaxLength:
		return one("at most %s", counted(k.Want, "character"))
	case *kind.MinItems:
		return one("at least %s", counted(k.Want, "item"))
	case *kind.MaxItems:
		return one("at most %s", counted(k.Want, "item"))
	case *kind.MinProperties:
		return one("at least %s", counted(k.Want, "key"))
	case *kind.MaxProperties:
		return one("at most %s", counted(k.Want, "key"))
	case *kind.AdditionalItems:
		return one("%s fewer", counted(k.Count, "item"))
	case *kind.UniqueItems:
		return one("items that all differ, while the %s and the %s are equal", ordinal(k.Duplicates[0]), ordinal(k.Duplicates[1]))
	case *kind.AdditionalProperties:
		var out []Violation
		for _, p := range k.Properties {
			out = append(out, Violation{Path: at.Key(p), Kind: Unknown, Known: s.keys(e.SchemaURL), Rule: v.Rule})
		}
		return out
	case *kind.Required:
		var out []Violation
		for _, p := range k.Missing {
			out = append(out, Violation{Path: at.Key(p), Kind: Missing, Rule: v.Rule})
		}
		return out
	case *kind.DependentRequired:
		return needs(at, k.Prop, k.Missing, v.Rule)
	case *kind.Dependency:
		return needs(at, k.Prop, k.Missing, v.Rule)
	case *kind.PropertyNames:
		v.Path = at.Key(k.Property)
		return one("a key of another form: %s", texts(e.Causes, s))
	case *kind.FalseSchema:
		v.Kind = Unknown
		return []Violation{v}
	case *kind.Contains:
		return one("at least one item of the form that the schema's `contains` tells")
	}
	var out []Violation
	for _, c := range e.Causes {
		out = append(out, flatten(c, s)...)
	}
	if len(out) == 0 {
		return one("what the schema allows (%s)", e.ErrorKind.LocalizedString(message.NewPrinter(language.English)))
	}
	return out
}

func texts(causes []*jsonschema.ValidationError, s *Schema) string {
	var out []string
	for _, c := range causes {
		for _, v := range flatten(c, s) {
			out = append(out, v.text())
		}
	}
	return strings.Join(out, ", ")
}

func needs(at lint.Path, prop string, missing []string, rule lint.Span) []Violation {
	var out []Violation
	for _, m := range missing {
		out = append(out, Violation{Path: at.Key(m), Kind: Missing, Want: fmt.Sprintf("%s is set", prop), Rule: rule})
	}
	return out
}

// closest are the violations of the alternative that the value comes closest
// to: the one whose faults lie deepest, or are fewest. When all alternatives
// want another kind of value, they are named together.
func closest(e *jsonschema.ValidationError, s *Schema) []Violation {
	at := pathOf(e.InstanceLocation)
	var wants []string
	var best []Violation
	score := -1 << 30
	for _, c := range e.Causes {
		vs := flatten(c, s)
		if len(vs) == 0 {
			continue
		}
		depth, here := 0, false
		for _, v := range vs {
			depth = max(depth, len(v.Path)-len(at))
			here = here || v.Kind == Wrong && len(v.Path) == len(at)
		}
		if here {
			for _, v := range vs {
				if v.Kind == Wrong && len(v.Path) == len(at) && !slices.Contains(wants, v.Want) {
					wants = append(wants, v.Want)
				}
			}
		}
		if sc := 10*min(depth, 1) - len(vs); !here && sc > score {
			best, score = vs, sc
		}
	}
	if best != nil {
		return best
	}
	v := Violation{Path: at, Rule: s.rule(e)}
	switch {
	case len(wants) == 0:
		v.Want = "what one of the alternatives of the schema allows"
	case len(wants) > 4:
		v.Want = fmt.Sprintf("%s or one of %d other alternatives", strings.Join(wants[:3], ", "), len(wants)-3)
	default:
		v.Want = strings.Join(wants, " or ")
	}
	return []Violation{v}
}

func pathOf(location []string) lint.Path { return lint.Keys(location...) }

// rule places the keyword that an error is about.
func (s *Schema) rule(e *jsonschema.ValidationError) lint.Span {
	n := s.node(e.SchemaURL)
	if n == nil {
		return lint.Span{}
	}
	for _, key := range e.ErrorKind.KeywordPath() {
		next := n.Lookup(lint.Keys(key))
		if next == nil {
			break
		}
		n = next
	}
	return n.Span
}

// node is the part of the schema that a URL of the library names.
func (s *Schema) node(at string) *values.Node {
	rest, ok := strings.CutPrefix(at, location+"#")
	if !ok || s.Root == nil {
		return nil
	}
	n := s.Root
	for key := range strings.SplitSeq(strings.TrimPrefix(rest, "/"), "/") {
		if key == "" {
			continue
		}
		if u, err := url.PathUnescape(key); err == nil {
			key = u
		}
		if n = pointed(n, key); n == nil {
			return nil
		}
	}
	return n
}

// pointed follows one step of a JSON pointer.
func pointed(n *values.Node, key string) *values.Node {
	key = strings.NewReplacer("~1", "/", "~0", "~").Replace(key)
	step := lint.Step{Key: key}
	if i, err := strconv.Atoi(key); err == nil && n.Kind == values.List && i >= 0 {
		step = lint.Step{Index: i, IsIndex: true}
	}
	return n.Lookup(lint.Path{step})
}

// keys are the properties of the part of the schema that a URL names.
func (s *Schema) keys(at string) []string {
	var out []string
	if f := s.node(at).Get("properties"); f != nil {
		for _, p := range f.Value.Fields {
			out = append(out, p.Key)
		}
	}
	return out
}

func types(want []string) string {
	want = slices.Clone(want)
	names := map[string]string{"object": "a mapping", "array": "a list", "string": "a string", "number": "a number", "integer": "a whole number", "boolean": "true or false", "null": "null"}
	var out []string
	slices.SortStableFunc(want, func(a, b string) int {
		return boolInt(a == "null") - boolInt(b == "null")
	})
	for _, w := range want {
		name := names[w]
		if name == "" {
			name = w
		}
		out = append(out, name)
	}
	return strings.Join(out, " or ")
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func oneOf(want []any) string {
	if len(want) == 1 {
		return show(want[0])
	}
	const most = 12
	var out []string
	for i, w := range want {
		if i == most {
			out = append(out, fmt.Sprintf("%d more", len(want)-most))
			break
		}
		out = append(out, show(w))
	}
	return "one of " + strings.Join(out, ", ")
}

func show(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(raw)
}

func format(name string) string {
	if text, ok := map[string]string{
		"uri": "a URI such as https://example.com/x", "email": "an e-mail address", "ipv4": "an IPv4 address", "ipv6": "an IPv6 address",
		"date": "a date such as 2026-01-31", "date-time": "a time such as 2026-01-31T10:00:00Z", "hostname": "a host name", "regex": "a regular expression",
		"uuid": "a UUID", "time": "a time such as 10:00:00Z", "duration": "a duration such as PT1H", "json-pointer": "a JSON pointer", "uri-reference": "a URI or a relative reference",
	}[name]; ok {
		return text
	}
	return "text of the format " + name
}

func number(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	f, _ := r.Float64()
	return strconv.FormatFloat(f, 'g', -1, 64)
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func ordinal(i int) string {
	switch n := i + 1; n {
	case 1:
		return "first"
	case 2:
		return "second"
	case 3:
		return "third"
	default:
		return fmt.Sprintf("%dth", n)
	}
}

// checkOld judges with the older library. It gets the values as JSON, as Helm
// gave them to it.
func (s *Schema) checkOld(n *values.Node) []Violation {
	result, err := s.then.Validate(gojsonschema.NewGoLoader(n.Any()))
	if err != nil {
		return []Violation{{Want: err.Error()}}
	}
	var out []Violation
	for _, e := range result.Errors() {
		at := contextPath(e.Context())
		d := e.Details()
		v := Violation{Path: at}
		text := func(key string) string { return detail(d[key]) }
		switch e.Type() {
		case "required":
			v.Path, v.Kind = at.Key(text("property")), Missing
		case "additional_property_not_allowed":
			v.Path, v.Kind = at.Key(text("property")), Unknown
		case "false":
			v.Kind = Unknown
		case "invalid_type":
			v.Want = types(strings.Split(strings.Trim(text("expected"), "[]"), ","))
		case "enum":
			v.Want = "one of " + text("allowed")
		case "const":
			v.Want = text("allowed")
		case "pattern":
			v.Want = "text that matches " + text("pattern")
		case "format":
			v.Want = format(text("format"))
		case "number_gte":
			v.Want = "at least " + text("min")
		case "number_gt":
			v.Want = "more than " + text("min")
		case "number_lte":
			v.Want = "at most " + text("max")
		case "number_lt":
			v.Want = "less than " + text("max")
		case "string_gte":
			v.Want = "at least " + text("min") + " characters"
		case "string_lte":
			v.Want = "at most " + text("max") + " characters"
		case "array_min_items":
			v.Want = "at least " + text("min") + " items"
		case "array_max_items":
			v.Want = "at most " + text("max") + " items"
		case "array_min_properties":
			v.Want = "at least " + text("min") + " keys"
		case "array_max_properties":
			v.Want = "at most " + text("max") + " keys"
		case "multiple_of":
			v.Want = "a multiple of " + text("multiple")
		case "unique":
			v.Want = "items that all differ"
		case "contains":
			v.Want = "at least one item of the form that the schema's `contains` tells"
		case "missing_dependency":
			v.Path, v.Kind = at.Key(text("dependency")), Missing
		case "number_not":
			v.Want = "a value that the schema does not rule out with `not`"
		case "number_any_of":
			v.Want = "what one of the alternatives of the schema allows"
		case "number_one_of":
			v.Want = "what exactly one alternative of the schema allows"
		case "number_all_of", "condition_then", "condition_else":
			v.Want = "all that the schema asks for"
		case "invalid_property_name", "invalid_property_pattern":
			v.Path, v.Want = at.Key(text("property")), "a key of another form"
		default:
			v.Want = "what the schema allows (" + e.Description() + ")"
		}
		out = append(out, v)
	}
	return specific(out)
}

// specific drops the violations that only sum up others.
func specific(vs []Violation) []Violation {
	sums := func(v Violation) bool {
		return v.Kind == Wrong && (v.Want == "all that the schema asks for" || strings.HasSuffix(v.Want, "alternatives of the schema allows") || strings.HasSuffix(v.Want, "alternative of the schema allows"))
	}
	return slices.DeleteFunc(slices.Clone(vs), func(v Violation) bool {
		return sums(v) && slices.ContainsFunc(vs, func(o Violation) bool { return !sums(o) && o.Path.HasPrefix(v.Path) })
	})
}

func detail(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case *big.Rat:
		return number(v)
	case *big.Float:
		return v.Text('g', -1)
	case string:
		return v
	}
	return fmt.Sprint(v)
}

const parted = "\x00"

func contextPath(c *gojsonschema.JsonContext) lint.Path {
	keys := strings.Split(c.String(parted), parted)
	return lint.Keys(keys[1:]...)
}
