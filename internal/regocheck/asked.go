package regocheck

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/open-policy-agent/opa/v1/ast"
)

// Asked is a path of the values that a policy refers to.
type Asked struct {
	Place string // file and line
	Path  lint.Path
}

// AskedBy lists the paths of input.values and input.expanded that the policies
// of a source refer to, as far as they are written out: input.values.a.b, and
// object.get(input.values, ["a", "b"], ...). A path ends where a variable begins.
func AskedBy(s Source) ([]Asked, error) {
	files, err := s.read()
	if err != nil {
		return nil, err
	}
	var out []Asked
	o := ast.ParserOptions{Capabilities: capabilities(), RegoVersion: ast.RegoV1}
	for _, f := range files {
		if !strings.Contains(f.text, "input.values") && !strings.Contains(f.text, "input.expanded") {
			continue
		}
		m, err := ast.ParseModuleWithOpts(f.name, f.text, o)
		if err != nil {
			return nil, policyErrors(err)
		}
		if m == nil {
			continue // Compile says what is wrong
		}
		add := func(r ast.Ref, p lint.Path) {
			if len(p) > 0 {
				out = append(out, Asked{fmt.Sprintf("%s:%d", f.name, r[0].Loc().Row), p})
			}
		}
		ast.WalkRefs(m, func(r ast.Ref) bool {
			p, _ := valuesPath(r)
			add(r, p)
			return false
		})
		ast.WalkTerms(m, func(t *ast.Term) bool {
			if call, ok := t.Value.(ast.Call); ok {
				askedByCall(call, add)
			}
			return false
		})
		ast.WalkExprs(m, func(e *ast.Expr) bool {
			if terms, ok := e.Terms.([]*ast.Term); ok && e.IsCall() {
				askedByCall(terms, add)
			}
			return false
		})
	}
	return out, nil
}

// askedByCall finds the path that object.get looks up, and lib.get and
// lib.present, which do the same.
func askedByCall(call []*ast.Term, add func(ast.Ref, lint.Path)) {
	switch call[0].String() {
	case "object.get", "lib.get", "lib.present":
	default:
		return
	}
	if len(call) < 3 {
		return
	}
	r, ok := call[1].Value.(ast.Ref)
	if !ok {
		return
	}
	p, whole := valuesPath(r)
	if !whole {
		return
	}
	switch key := call[2].Value.(type) {
	case ast.String:
		p = p.Key(string(key))
	case *ast.Array:
		for i := range key.Len() {
			s, ok := key.Elem(i).Value.(ast.String)
			if !ok {
				break
			}
			p = p.Key(string(s))
		}
	}
	add(r, p)
}

// valuesPath is the path into the values, up to the first variable; whole says
// that there is none.
func valuesPath(r ast.Ref) (p lint.Path, whole bool) {
	if len(r) < 2 || !r[0].Equal(ast.InputRootDocument) {
		return nil, false
	}
	if name, ok := r[1].Value.(ast.String); !ok || name != "values" && name != "expanded" {
		return nil, false
	}
	for _, t := range r[2:] {
		switch v := t.Value.(type) {
		case ast.String:
			p = p.Key(string(v))
		case ast.Number:
			i, err := json.Number(v).Int64()
			if err != nil {
				return p, false
			}
			p = p.Index(int(i))
		default:
			return p, false
		}
	}
	return p, true
}
