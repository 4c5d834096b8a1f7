package core

import (
	"fmt"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/redact"
	"github.com/helmvet/helmvet/internal/values"
)

// variables collects the placeholders of a file or of merged values, in the
// order of their first appearance.
type variables struct {
	byName map[string]*variable
	order  []*variable
}

type variable struct {
	name   string
	places []place
	sure   bool // some place is no script, where $NAME may be the script's own
}

type place struct {
	path lint.Path
	span lint.Span
	sure bool
}

func (v *variables) add(c *checker, n, parent *values.Node) {
	if !strings.Contains(n.Str, "$") {
		return
	}
	sure := !isScript(n, c.path)
	whole := n.Str[0] == '$'
	if !whole && redact.Classify(c.path, parent, n) == redact.Literal {
		return // passwords hold dollars
	}
	var path lint.Path
	eachVariable(n.Str, func(name string) {
		if path == nil {
			path = c.at()
		}
		v.note(name, place{path, n.Span, sure})
	})
}

func (v *variables) note(name string, p place) {
	x := v.byName[name]
	if x == nil {
		if v.byName == nil {
			v.byName = map[string]*variable{}
		}
		x = &variable{name: name}
		v.byName[name] = x
		v.order = append(v.order, x)
	}
	if n := len(x.places); n > 0 && x.places[n-1].span == p.span && x.places[n-1].path.Equal(p.path) {
		return // twice in one value
	}
	x.places = append(x.places, p)
	x.sure = x.sure || p.sure
}

// isScript reports whether a dollar in the string may belong to a program: a
// text of several lines that is no YAML, a command line, a web server's
// configuration, a dashboard.
func isScript(n *values.Node, path lint.Path) bool {
	if strings.IndexByte(n.Str, '\n') >= 0 {
		return true
	}
	for i := len(path) - 1; i >= 0; i-- {
		switch path[i].Key {
		case "command", "args", "script", "expr", "legendFormat", "query", "postStart", "preStop":
			return true
		}
		if strings.HasPrefix(path[i].Key, "nginx.ingress.kubernetes.io/") {
			return true
		}
	}
	return strings.Contains(n.Str, "$__")
}

// eachVariable calls f with the name of every $NAME and ${NAME} of a string
// outside template expressions, where dollars are Helm's.
func eachVariable(s string, f func(string)) {
	for s != "" {
		text, rest, found := strings.Cut(s, "{{")
		if strings.Contains(text, "$") {
			for _, name := range values.Placeholders(text) {
				f(name)
			}
		}
		if !found {
			return
		}
		_, s, _ = strings.Cut(rest, "}}")
	}
}

// placeholders reports what a single file waits for.
func (c *checker) placeholders() {
	if c.opt.Merged {
		return
	}
	sev := lint.Info
	if c.opt.Final {
		sev = lint.Warning // charts may expand some themselves; packs know better
	}
	c.out = append(c.out, c.variables.findings(sev, c.opt.Final)...)
}

func (v *variables) findings(sev lint.Severity, final bool) []lint.Finding {
	var out []lint.Finding
	for _, x := range v.order {
		if !x.sure {
			continue
		}
		first := x.places[0]
		for _, p := range x.places {
			if p.sure {
				first = p
				break
			}
		}
		in := ""
		if len(x.places) > 1 {
			in = fmt.Sprintf(" in %d places", len(x.places))
		}
		var msg string
		switch {
		case final:
			msg = fmt.Sprintf("placeholder $%s is left over%s, and Helm takes the text as it stands; give it a value with --env %s=... or --env-file", x.name, in, x.name)
		case sev == lint.Warning:
			msg = fmt.Sprintf("placeholder $%s is not replaced%s, and Helm itself never does; give it a value with --env %s=... or --env-file", x.name, in, x.name)
		default:
			msg = fmt.Sprintf("placeholder $%s waits for a value%s; give it with --env %s=... or --env-file, and what depends on it is judged too", x.name, in, x.name)
		}
		f := lint.Finding{Rule: "core/placeholder", Severity: sev, Path: first.path, Span: first.span, Message: msg}
		for _, p := range x.places {
			if p.span != first.span {
				f.Related = append(f.Related, lint.Related{Path: p.path, Span: p.span, Message: "also here"})
			}
		}
		out = append(out, f)
	}
	return out
}
