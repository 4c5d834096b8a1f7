// Package regostyle says what Rego of a pack should look like: checks of its
// form, under the names that the Regal linter gives them, and of its METADATA.
package regostyle

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"

	"github.com/helmvet/helmvet/internal/lazyregexp"
)

// Source is one Rego file of a pack.
type Source struct {
	Name   string // PACK/RULE/FILE, or lib/FILE: the package has to follow it
	Text   string
	Module *ast.Module
}

func (s Source) isTest() bool { return strings.HasSuffix(s.Name, "_test.rego") }

// Parse reads a Rego file.
func Parse(name, text string) (Source, error) {
	m, err := ast.ParseModuleWithOpts(name, text, ast.ParserOptions{RegoVersion: ast.RegoV1, ProcessAnnotation: true})
	return Source{name, text, m}, err
}

// Problem is one thing that style does not like.
type Problem struct {
	Row     int
	Message string
}

// Checks are the rules of the Regal linter that matter most to us, under Regal's
// names.
var Checks = map[string]func(Source) []Problem{
	"opa-fmt": func(s Source) []Problem {
		want, err := format.SourceWithOpts(s.Name, []byte(s.Text), format.Opts{RegoVersion: ast.RegoV1})
		if err != nil {
			return []Problem{{1, err.Error()}}
		}
		got := []byte(s.Text)
		if bytes.Equal(got, want) {
			return nil
		}
		a, b := strings.Split(s.Text, "\n"), strings.Split(string(want), "\n")
		row := 0
		for row < len(a) && row < len(b) && a[row] == b[row] {
			row++
		}
		return []Problem{{row + 1, "is not formatted; run opa fmt -w on it"}}
	},
	"directory-package-mismatch": func(s Source) []Problem {
		want := "data.policies"
		var last string
		for _, p := range strings.Split(path.Dir(s.Name), "/") {
			want += segment(p)
			last = p
		}
		got := s.Module.Package.Path.String()
		// Regal's test-outside-test-package as well: tests see what others see.
		if s.isTest() {
			want = strings.TrimSuffix(want, segment(last)) + segment(last+"_test")
		}
		if got != want {
			return []Problem{{s.Module.Package.Loc().Row, fmt.Sprintf("package %s should be %s", trimData(got), trimData(want))}}
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
	"prefer-snake-case": func(s Source) []Problem {
		var out []Problem
		snake := regexp.MustCompile(`^_?[a-z][a-z0-9_]*$`)
		bad := func(loc *ast.Location, name string) {
			if !snake.MatchString(name) && !strings.HasPrefix(name, "$") && name != "_" {
				out = append(out, Problem{loc.Row, fmt.Sprintf("name %q is not in snake_case", name)})
			}
		}
		for _, r := range s.Module.Rules {
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
	"non-raw-regex-pattern": func(s Source) []Problem {
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
	"use-assignment-operator": func(s Source) []Problem {
		var out []Problem
		for _, r := range s.Module.Rules {
			if !r.Head.Assign && writtenWithEquals(s, r) {
				out = append(out, Problem{r.Loc().Row, fmt.Sprintf("write := in rule %s", r.Head.Ref())})
			}
		}
		return out
	},
	"messy-rule": func(s Source) []Problem {
		var out []Problem
		done := map[string]bool{}
		last := ""
		for _, r := range s.Module.Rules {
			name := r.Head.Ref().String()
			if name != last && done[name] {
				out = append(out, Problem{r.Loc().Row, fmt.Sprintf("rule %s stands in two places; keep its parts together", name)})
			}
			done[name], last = true, name
		}
		return out
	},
	"rule-length": func(s Source) []Problem {
		var out []Problem
		limit := 30
		if s.isTest() {
			limit = 60
		}
		for _, r := range s.Module.Rules {
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
				out = append(out, Problem{r.Loc().Row, fmt.Sprintf("rule %s has %d lines, more than %d", r.Head.Ref(), n, limit)})
			}
		}
		return out
	},
	"file-length": func(s Source) []Problem {
		if n := strings.Count(s.Text, "\n"); n > 500 {
			return []Problem{{500, fmt.Sprintf("file has %d lines, more than 500", n)}}
		}
		return nil
	},
	"identically-named-tests": func(s Source) []Problem {
		var out []Problem
		seen := map[string]bool{}
		for _, r := range s.Module.Rules {
			name := r.Head.Ref().String()
			if strings.HasPrefix(name, "test_") && seen[name] {
				out = append(out, Problem{r.Loc().Row, fmt.Sprintf("test %s exists already", name)})
			}
			seen[name] = true
		}
		return out
	},
	"file-missing-test-suffix": func(s Source) []Problem {
		for _, r := range s.Module.Rules {
			if strings.HasPrefix(r.Head.Ref().String(), "test_") && !s.isTest() {
				return []Problem{{r.Loc().Row, "tests belong in a file named *_test.rego"}}
			}
		}
		return nil
	},
	"todo-test": func(s Source) []Problem {
		for _, r := range s.Module.Rules {
			if strings.HasPrefix(r.Head.Ref().String(), "todo_test_") {
				return []Problem{{r.Loc().Row, "finish the test"}}
			}
		}
		return nil
	},
	"with-outside-test-context": func(s Source) []Problem {
		var out []Problem
		ast.WalkWiths(s.Module, func(w *ast.With) bool {
			if !s.isTest() {
				out = append(out, Problem{w.Loc().Row, "with is for tests"})
			}
			return false
		})
		return out
	},
}

var plainSegment = lazyregexp.New(`^[a-zA-Z_][a-zA-Z0-9_]*$`)

func segment(name string) string {
	if plainSegment.MatchString(name) {
		return "." + name
	}
	return fmt.Sprintf("[%q]", name)
}

func trimData(ref string) string { return strings.TrimPrefix(ref, "data.") }

// writtenWithEquals looks at the text, because the parser gives the value true to
// rules that have none.
func writtenWithEquals(s Source, r *ast.Rule) bool {
	line := strings.Split(s.Text, "\n")[r.Loc().Row-1]
	return regexp.MustCompile(`^(default )?[a-z_][\w.]*(\(.*\))? = `).MatchString(line)
}

func eachLine(f func(string) string) func(Source) []Problem {
	return func(s Source) []Problem {
		var out []Problem
		for i, l := range strings.Split(s.Text, "\n") {
			if msg := f(l); msg != "" {
				out = append(out, Problem{i + 1, msg})
			}
		}
		return out
	}
}

func eachComment(f func(string) string) func(Source) []Problem {
	return func(s Source) []Problem {
		var out []Problem
		for _, c := range s.Module.Comments {
			if msg := f(string(c.Text)); msg != "" {
				out = append(out, Problem{c.Location.Row, msg})
			}
		}
		return out
	}
}

func eachImport(f func(*ast.Import) string) func(Source) []Problem {
	return func(s Source) []Problem {
		var out []Problem
		for _, i := range s.Module.Imports {
			if msg := f(i); msg != "" {
				out = append(out, Problem{i.Loc().Row, msg})
			}
		}
		return out
	}
}

func eachCall(f func(name string, args []*ast.Term) string) func(Source) []Problem {
	return func(s Source) []Problem {
		var out []Problem
		found := func(loc *ast.Location, terms []*ast.Term) {
			if msg := f(terms[0].String(), terms[1:]); msg != "" {
				out = append(out, Problem{loc.Row, msg})
			}
		}
		ast.WalkExprs(s.Module, func(e *ast.Expr) bool {
			if terms, ok := e.Terms.([]*ast.Term); ok {
				found(e.Loc(), terms)
			}
			return false
		})
		ast.WalkTerms(s.Module, func(t *ast.Term) bool {
			if call, ok := t.Value.(ast.Call); ok {
				found(t.Loc(), call)
			}
			return false
		})
		return out
	}
}

// Metadata says what the METADATA of a rule's file lacks for explain and the docs
// pages.
func Metadata(s Source) []Problem {
	i := slices.IndexFunc(s.Module.Annotations, func(a *ast.Annotations) bool { return a.Scope == "package" })
	if i < 0 {
		return []Problem{{1, "METADATA of the package is missing"}}
	}
	a := s.Module.Annotations[i]
	var out []Problem
	want := func(ok bool, format string, args ...any) {
		if !ok {
			out = append(out, Problem{a.Location.Row, "METADATA: " + fmt.Sprintf(format, args...)})
		}
	}
	text := func(m map[string]any, key string) string {
		s, _ := m[key].(string)
		return strings.TrimSpace(s)
	}
	want(a.Title != "", "title is missing")
	want(!strings.HasSuffix(a.Title, "."), "title ends with a period")
	want(a.Description != "", "description is missing")
	want(slices.Contains([]string{"error", "warning", "info"}, text(a.Custom, "severity")), "custom.severity is not error, warning or info")
	want(text(a.Custom, "remediation") != "", "custom.remediation is missing")
	facts, isList := a.Custom["facts"].([]any)
	want(isList, "custom.facts is missing; an empty list will do")
	seen := map[any]bool{}
	for _, f := range facts {
		want(!seen[f], "custom.facts has %v twice", f)
		seen[f] = true
	}
	source, _ := a.Custom["source"].(map[string]any)
	want(text(source, "document") != "", "custom.source.document is missing")
	for key := range a.Custom {
		known := []string{"severity", "needs", "context", "remediation", "facts", "source"}
		want(slices.Contains(known, key), "custom.%s is unknown; known are %s", key, strings.Join(known, ", "))
	}
	slices.SortFunc(out, func(a, b Problem) int { return strings.Compare(a.Message, b.Message) })
	return out
}
