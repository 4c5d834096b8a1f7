package cuecheck

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
)

// constant reads syntax that is plain data, as the words of packs and rules
// nearly always are, without starting CUE's evaluator.
func constant(x ast.Expr) (any, bool) {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return constant(x.X)
	case *ast.BasicLit:
		s, ok := readScalar(x)
		if !ok {
			return nil, false
		}
		switch s.kind {
		case kNull:
			return nil, true
		case kBool:
			return s.b, true
		case kString:
			return s.s, true
		}
		return s.n, true
	case *ast.BinaryExpr:
		if x.Op != token.ADD {
			return nil, false
		}
		a, aok := constant(x.X)
		b, bok := constant(x.Y)
		as, aIsText := a.(string)
		bs, bIsText := b.(string)
		return as + bs, aok && bok && aIsText && bIsText
	case *ast.ListLit:
		out := make([]any, 0, len(x.Elts))
		for _, e := range x.Elts {
			v, ok := constant(e)
			if !ok {
				return nil, false
			}
			out = append(out, v)
		}
		return out, true
	case *ast.StructLit:
		out := make(map[string]any, len(x.Elts))
		for _, e := range x.Elts {
			f, ok := e.(*ast.Field)
			if !ok || f.Constraint != token.ILLEGAL || f.Alias != nil {
				return nil, false
			}
			name, _, err := ast.LabelName(f.Label)
			if err != nil {
				return nil, false
			}
			v, ok := constant(f.Value)
			if !ok {
				return nil, false
			}
			if old, twice := out[name]; twice {
				a, aok := old.(map[string]any)
				b, bok := v.(map[string]any)
				if !aok || !bok || !mergeInto(a, b) {
					return nil, false
				}
				continue
			}
			out[name] = v
		}
		return out, true
	}
	return nil, false
}

// mergeInto joins two structs as CUE would; false where they may conflict.
func mergeInto(a, b map[string]any) bool {
	for k, v := range b {
		old, twice := a[k]
		if !twice {
			a[k] = v
			continue
		}
		am, aok := old.(map[string]any)
		bm, bok := v.(map[string]any)
		if !aok || !bok || !mergeInto(am, bm) {
			return false
		}
	}
	return true
}
