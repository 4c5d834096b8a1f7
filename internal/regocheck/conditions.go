package regocheck

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// conditionsName is the object in a pack's library that tells which conditions
// of its runbook hold.
const conditionsName = "runbook"

// Conditions evaluates the conditions that the library of a pack defines for
// its runbook: the object `runbook`, true or false by name. A name that the
// input does not decide is absent. It fails when the library does not compile
// or a condition is neither true nor false.
func Conditions(ctx context.Context, s Source, shared fs.FS, in *Input) (map[string]bool, error) {
	files, err := load([]Source{s}, shared, Options{})
	if err != nil {
		return nil, err
	}
	names, err := dataNames(s)
	if err != nil {
		return nil, err
	}
	data, err := readData(s, names)
	if err != nil {
		return nil, err
	}
	all := map[string]map[string]any{s.Pack: data}
	var libs []*file
	for _, f := range files {
		if f.folder == libName {
			libs = append(libs, f)
		}
	}
	parse(ctx, libs, map[string][]string{s.Pack: names}, ast.ParserOptions{Capabilities: capabilities(), RegoVersion: ast.RegoV1})
	modules := map[string]*ast.Module{}
	defined := false
	for _, f := range libs {
		if f.err != nil {
			return nil, policyErrors(f.err)
		}
		modules[f.name] = f.module
		for _, r := range f.module.Rules {
			defined = defined || f.pack != "" && r.Head.Ref()[0].Value.Compare(ast.Var(conditionsName)) == 0
		}
	}
	if !defined {
		return nil, nil
	}
	c := ast.NewCompiler().WithCapabilities(capabilities()).WithDefaultRegoVersion(ast.RegoV1)
	if c.Compile(modules); c.Failed() {
		return nil, policyErrors(c.Errors)
	}
	doc, err := in.document(s.Pack, allKeys)
	if err != nil {
		return nil, err
	}
	limited, stop := context.WithTimeout(ctx, DefaultTimeout)
	defer stop()
	cancel := topdown.NewCancel()
	defer context.AfterFunc(limited, cancel.Cancel)()
	store := newStore(all)
	txn, err := store.NewTransaction(limited)
	if err != nil {
		return nil, err
	}
	defer store.Abort(limited, txn)
	ref := ast.Ref{ast.DefaultRootDocument, ast.StringTerm("policies"), ast.StringTerm(s.Pack), ast.StringTerm(libName), ast.StringTerm(conditionsName)}
	out := map[string]bool{}
	err = topdown.NewQuery(ast.NewBody(ast.Equality.Expr(ast.NewTerm(ref), ast.NewTerm(findingsVar)))).
		WithCompiler(c).WithInput(doc).WithStore(store).WithTransaction(txn).WithCancel(cancel).
		Iter(limited, func(res topdown.QueryResult) error {
			o, ok := res[findingsVar].Value.(ast.Object)
			if !ok {
				return fmt.Errorf("%s: %s is no object; write `%s[\"name\"] := condition`", s.dir(), conditionsName, conditionsName)
			}
			return o.Iter(func(k, v *ast.Term) error {
				name, isString := k.Value.(ast.String)
				holds, isBool := v.Value.(ast.Boolean)
				if !isString || !isBool {
					return fmt.Errorf("%s: condition %v of %s is %v, neither true nor false", s.dir(), k, conditionsName, v)
				}
				out[string(name)] = bool(holds)
				return nil
			})
		})
	if err != nil && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return out, err
}
