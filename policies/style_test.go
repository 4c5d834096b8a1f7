package policies_test

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"
)

// source is one Rego file below this folder.
type source struct {
	name   string // path from this folder
	text   string
	module *ast.Module
}

func (s source) isTest() bool { return strings.HasSuffix(s.name, "_test.rego") }

func parseSource(name, text string) (source, error) {
	m, err := ast.ParseModuleWithOpts(name, text, ast.ParserOptions{RegoVersion: ast.RegoV1, ProcessAnnotation: true})
	return source{name, text, m}, err
}

// problem is one thing that style does not like.
type problem struct {
	row int
	msg string
}

// styleChecks are the rules of the Regal linter that matter most to us, under
// Regal's names. Regal itself reads .regal/config.yaml.
var styleChecks = map[string]func(source) []problem{
	"opa-fmt": func(s source) []problem {
		want, err := format.SourceWithOpts(s.name, []byte(s.text), format.Opts{RegoVersion: ast.RegoV1})
		if err != nil {
			return []problem{{1, err.Error()}}
		}
		got := []byte(s.text)
		if bytes.Equal(got, want) {
			return nil
		}
		a, b := strings.Split(s.text, "\n"), strings.Split(string(want), "\n")
		row := 0
		for row < len(a) && row < len(b) && a[row] == b[row] {
			row++
		}
		return []problem{{row + 1, "is not formatted; run opa fmt -w on it"}}
	},
	"directory-package-mismatch": func(s source) []problem {
		want := "data.policies"
		var last string
		for _, p := range strings.Split(path.Dir(s.name), "/") {
			want += segment(p)
			last = p
		}
		got := s.module.Package.Path.String()
		// Regal's test-outside-test-package as well: tests see what others see.
		if s.isTest() {
			want = strings.TrimSuffix(want, segment(last)) + segment(last+"_test")
		}
		if got != want {
			return []problem{{s.module.Package.Loc().Row, fmt.Sprintf("package %s should be %s", trimData(got), trimData(want))}}
		}
		return nil
	},
	"line-length": eachLine(func(l string) string {
		if n := utf8.RuneCountInString(l); n > 120 {
			return fmt.Sprintf("line has %d characters, more than 120", n)
		}
		return ""
	}),
	"todo-comment": eachComment(func(c string) string {
		if regexp.MustCompile(`(?i)^\s*(todo|fixme|xxx)\b`).MatchString(c) {
			return "do it, or open an issue"
		}
		return ""
	}),
	"no-whitespace-comment": eachComment(func(c string) string {
		if c != "" && !strings.HasPrefix(c, " ") && strings.Trim(c, "#") != "" {
			return "put a blank after the #"
		}
		return ""
	}),
	"prefer-snake-case": func(s source) []problem {
		var out []problem
		snake := regexp.MustCompile(`^_?[a-z][a-z0-9_]*$`)
		bad := func(loc *ast.Location, name string) {
			if !snake.MatchString(name) && !strings.HasPrefix(name, "$") && name != "_" {
				out = append(out, problem{loc.Row, fmt.Sprintf("name %q is not in snake_case", name)})
			}
		}
		for _, r := range s.module.Rules {
			bad(r.Loc(), string(r.Head.Ref()[0].Value.(ast.Var)))
			for _, a := range r.Head.Args {
				ast.WalkVars(a, func(v ast.Var) bool { bad(r.Loc(), string(v)); return false })
			}
			ast.WalkExprs(r.Body, func(e *ast.Expr) bool {
				if d, ok := e.Terms.(*ast.SomeDecl); ok {
					for _, sym := range d.Symbols {
						ast.WalkVars(sym, func(v ast.Var) bool { bad(e.Loc(), string(v)); return false })
					}
				}
				if e.IsAssignment() {
					ast.WalkVars(e.Operand(0), func(v ast.Var) bool { bad(e.Loc(), string(v)); return false })
				}
				return false
			})
		}
		return out
	},
	"print-or-trace-call": eachCall(func(name string, args []*ast.Term) string {
		if name == "print" || name == "trace" {
			return "remove the call of " + name
		}
		return ""
	}),
	"non-raw-regex-pattern": func(s source) []problem {
		return eachCall(func(name string, args []*ast.Term) string {
			i := slices.Index([]string{"regex.match", "regex.replace"}, name)
			if i < 0 || len(args) <= i {
				return ""
			}
			if _, ok := args[i].Value.(ast.String); ok && strings.HasPrefix(string(args[i].Loc().Text), `"`) {
				return "write the pattern between backquotes"
			}
			return ""
		})(s)
	},
	"use-rego-v1": eachImport(func(i *ast.Import) string {
		if p := i.Path.String(); p == "rego.v1" || strings.HasPrefix(p, "future.keywords") {
			return "import of " + p + " does nothing any more; remove it"
		}
		return ""
	}),
	"avoid-importing-input": eachImport(func(i *ast.Import) string {
		if strings.HasPrefix(i.Path.String(), "input") {
			return "write input where it is used"
		}
		return ""
	}),
	"redundant-alias": eachImport(func(i *ast.Import) string {
		ref, ok := i.Path.Value.(ast.Ref)
		if ok && i.Alias != "" && ref[len(ref)-1].Value.Compare(ast.String(i.Alias)) == 0 {
			return fmt.Sprintf("alias %q is the name already", i.Alias)
		}
		return ""
	}),
	"use-assignment-operator": func(s source) []problem {
		var out []problem
		for _, r := range s.module.Rules {
			if !r.Head.Assign && writtenWithEquals(s, r) {
				out = append(out, problem{r.Loc().Row, fmt.Sprintf("write := in rule %s", r.Head.Ref())})
			}
		}
		return out
	},
	"messy-rule": func(s source) []problem {
		var out []problem
		done := map[string]bool{}
		last := ""
		for _, r := range s.module.Rules {
			name := r.Head.Ref().String()
			if name != last && done[name] {
				out = append(out, problem{r.Loc().Row, fmt.Sprintf("rule %s stands in two places; keep its parts together", name)})
			}
			done[name], last = true, name
		}
		return out
	},
	"rule-length": func(s source) []problem {
		var out []problem
		limit := 30
		if s.isTest() {
			limit = 60
		}
		for _, r := range s.module.Rules {
			if r.Body.Equal(ast.NewBody(ast.NewExpr(ast.BooleanTerm(true)))) {
				continue // a table may be long
			}
			n := 0
			for line := range bytes.Lines(r.Loc().Text) {
				if !bytes.HasPrefix(bytes.TrimSpace(line), []byte("#")) {
					n++
				}
			}
			if n > limit {
				out = append(out, problem{r.Loc().Row, fmt.Sprintf("rule %s has %d lines, more than %d", r.Head.Ref(), n, limit)})
			}
		}
		return out
	},
	"file-length": func(s source) []problem {
		if n := strings.Count(s.text, "\n"); n > 500 {
			return []problem{{500, fmt.Sprintf("file has %d lines, more than 500", n)}}
		}
		return nil
	},
	"identically-named-tests": func(s source) []problem {
		var out []problem
		seen := map[string]bool{}
		for _, r := range s.module.Rules {
			name := r.Head.Ref().String()
			if strings.HasPrefix(name, "test_") && seen[name] {
				out = append(out, problem{r.Loc().Row, fmt.Sprintf("test %s exists already", name)})
			}
			seen[name] = true
		}
		return out
	},
	"file-missing-test-suffix": func(s source) []problem {
		for _, r := range s.module.Rules {
			if strings.HasPrefix(r.Head.Ref().String(), "test_") && !s.isTest() {
				return []problem{{r.Loc().Row, "tests belong in a file named *_test.rego"}}
			}
		}
		return nil
	},
	"todo-test": func(s source) []problem {
		for _, r := range s.module.Rules {
			if strings.HasPrefix(r.Head.Ref().String(), "todo_test_") {
				return []problem{{r.Loc().Row, "finish the test"}}
			}
		}
		return nil
	},
	"with-outside-test-context": func(s source) []problem {
		var out []problem
		ast.WalkWiths(s.module, func(w *ast.With) bool {
			if !s.isTest() {
				out = append(out, problem{w.Loc().Row, "with is for tests"})
			}
			return false
		})
		return out
	},
}

var plainSegment = regexp.MustCompile(`^[a-zA-Z_][a-zA-Z0-9_]*$`)

func segment(name string) string {
	if plainSegment.MatchString(name) {
		return "." + name
	}
	return fmt.Sprintf("[%q]", name)
}

func trimData(ref string) string { return strings.TrimPrefix(ref, "data.") }

// writtenWithEquals looks at the text, because the parser gives the value true to
// rules that have none.
func writtenWithEquals(s source, r *ast.Rule) bool {
	line := strings.Split(s.text, "\n")[r.Loc().Row-1]
	return regexp.MustCompile(`^(default )?[a-z_][\w.]*(\(.*\))? = `).MatchString(line)
}

func eachLine(f func(string) string) func(source) []problem {
	return func(s source) []problem {
		var out []problem
		for i, l := range strings.Split(s.text, "\n") {
			if msg := f(l); msg != "" {
				out = append(out, problem{i + 1, msg})
			}
		}
		return out
	}
}

func eachComment(f func(string) string) func(source) []problem {
	return func(s source) []problem {
		var out []problem
		for _, c := range s.module.Comments {
			if msg := f(string(c.Text)); msg != "" {
				out = append(out, problem{c.Location.Row, msg})
			}
		}
		return out
	}
}

func eachImport(f func(*ast.Import) string) func(source) []problem {
	return func(s source) []problem {
		var out []problem
		for _, i := range s.module.Imports {
			if msg := f(i); msg != "" {
				out = append(out, problem{i.Loc().Row, msg})
			}
		}
		return out
	}
}

func eachCall(f func(name string, args []*ast.Term) string) func(source) []problem {
	return func(s source) []problem {
		var out []problem
		found := func(loc *ast.Location, terms []*ast.Term) {
			if msg := f(terms[0].String(), terms[1:]); msg != "" {
				out = append(out, problem{loc.Row, msg})
			}
		}
		ast.WalkExprs(s.module, func(e *ast.Expr) bool {
			if terms, ok := e.Terms.([]*ast.Term); ok {
				found(e.Loc(), terms)
			}
			return false
		})
		ast.WalkTerms(s.module, func(t *ast.Term) bool {
			if call, ok := t.Value.(ast.Call); ok {
				found(t.Loc(), call)
			}
			return false
		})
		return out
	}
}

// Every check must find what it is for, and leave good code alone.
func TestStyleChecksFindFaults(t *testing.T) {
	t.Parallel()
	const head = "package policies.acme.probe\n\n"
	faults := map[string]struct {
		text string
		row  int
	}{
		"opa-fmt":                    {head + "a := 1\n\nb  := 2\n", 5},
		"directory-package-mismatch": {"package policies.acme.other\n\na := 1\n", 1},
		"line-length":                {head + "a := \"" + strings.Repeat("x", 120) + "\"\n", 3},
		"todo-comment":               {head + "# TODO later\na := 1\n", 3},
		"no-whitespace-comment":      {head + "#why\na := 1\n", 3},
		"prefer-snake-case":          {head + "a if {\n\tsomeName := 1\n\tsomeName > 0\n}\n", 4},
		"print-or-trace-call":        {head + "a if {\n\tprint(\"x\")\n}\n", 4},
		"non-raw-regex-pattern":      {head + "a if regex.match(\"^x\", input.x)\n", 3},
		"use-rego-v1":                {head + "import rego.v1\n\na := 1\n", 3},
		"avoid-importing-input":      {head + "import input.x\n\na := x\n", 3},
		"redundant-alias":            {head + "import data.policies.lib as lib\n\na := lib.x\n", 3},
		"use-assignment-operator":    {head + "a = 1\n", 3},
		"messy-rule":                 {head + "a if input.x\n\nb if input.y\n\na if input.z\n", 7},
		"rule-length":                {head + "a if {\n" + strings.Repeat("\tinput.x\n", 30) + "}\n", 3},
		"file-length":                {head + strings.Repeat("# x\n", 500), 500},
		"identically-named-tests":    {head + "test_a if true\n\ntest_a if true\n", 5},
		"file-missing-test-suffix":   {head + "test_a if true\n", 3},
		"todo-test":                  {head + "todo_test_a if true\n", 3},
		"with-outside-test-context":  {head + "a if input.x with input as {}\n", 3},
	}
	good := head + `import data.policies.lib

# findings has a comment.
findings contains {"path": ["a"], "message": msg} if {
	some key, value in input.values
	regex.match(` + "`^[a-z]`" + `, key)
	not lib.known(value)
	msg := sprintf("%v", [value])
}

default limit := 1

limit := 2 if input.whole

truth if limit > 1

double(number) := number * 2
`
	for name, check := range styleChecks {
		fault, ok := faults[name]
		if !ok {
			t.Errorf("%s: no example of the fault", name)
			continue
		}
		s, err := parseSource("acme/probe/rule.rego", fault.text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := check(s); len(got) == 0 || got[0].row != fault.row {
			t.Errorf("%s: found %v, want a problem in line %d", name, got, fault.row)
		}
		if s, err = parseSource("acme/probe/rule.rego", good); err != nil {
			t.Fatal(err)
		}
		if got := check(s); len(got) > 0 {
			t.Errorf("%s: finds fault with good code: %v", name, got)
		}
	}
	s, err := parseSource("acme/a-b/rule_test.rego", "package policies.acme[\"a-b_test\"]\n\ntest_a if true with input as {}\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, check := range styleChecks {
		if got := check(s); len(got) > 0 {
			t.Errorf("%s: finds fault with a good test: %v", name, got)
		}
	}
}
