package regocheck

import (
	"cmp"
	"maps"
	"runtime"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// reach is what some Rego refers to of the libraries.
type reach struct {
	size  int // in nodes of the syntax tree, as a measure of what compiling costs
	names names
	data  map[string]bool // names of data files of the pack; "*" is all of them
}

// libRule names a rule of a library. "*" is all of the library. In a library,
// local variables are among them: too much is only slow.
type libRule struct{ pack, name string }

// names is a set of them; true says that no local variable can be meant.
type names map[libRule]bool

func (n names) merge(more names) {
	for name, sure := range more {
		n[name] = n[name] || sure
	}
}

// reachOf finds what a rule of the file refers to, and shows every reference to
// see.
func (f *file) reachOf(rule *ast.Rule, see func(ast.Ref)) reach {
	out := reach{names: names{}, data: map[string]bool{}}
	imports := map[ast.Var]string{}
	tables := map[ast.Var]bool{}
	for _, i := range f.module.Imports {
		if _, ok := dataOf(i.Path.Value.(ast.Ref)); ok {
			tables[i.Name()] = true
		}
		if pack, ok := libOf(i.Path.Value.(ast.Ref)); ok {
			imports[i.Name()] = pack
		}
	}
	var vis *ast.GenericVisitor
	vis = ast.NewGenericVisitor(func(x any) bool {
		out.size++
		switch x := x.(type) {
		case ast.Ref:
			see(x)
			head, ok := x[0].Value.(ast.Var)
			if !ok {
				return false
			}
			if tables[head] {
				out.data[nameAt(x, 1)] = true
			} else if _, ok := dataOf(x); ok {
				out.data[nameAt(x, 4)] = true
			}
			if pack, ok := imports[head]; ok {
				out.names[libRule{pack, nameAt(x, 1)}] = true
			} else if pack, ok := libOf(x); ok {
				out.names[libRule{pack, nameAt(x, nameInLib(pack))}] = true
			} else if f.folder == libName {
				out.names.merge(names{{f.pack, string(head)}: false})
			}
			for _, t := range x[1:] {
				vis.Walk(t)
			}
			return true
		case ast.Var:
			if tables[x] {
				out.data["*"] = true
			}
			if pack, ok := imports[x]; ok {
				out.names[libRule{pack, "*"}] = true
			} else if f.folder == libName {
				out.names.merge(names{{f.pack, string(x)}: false})
			}
		}
		return false
	})
	vis.Walk(rule)
	for _, t := range rule.Head.Reference[1:] {
		vis.Walk(t)
	}
	return out
}

// nameAt returns the name at a position of a reference, "*" where any may be meant.
func nameAt(r ast.Ref, at int) string {
	if at < len(r) {
		if s, ok := r[at].Value.(ast.String); ok {
			return string(s)
		}
	}
	return "*"
}

// nameInLib is the position of a rule's name in references to the library of a pack.
func nameInLib(pack string) int {
	if pack == "" {
		return 3 // data.policies.lib.NAME
	}
	return 4 // data.policies.PACK.lib.NAME
}

// library is what each rule of the libraries reaches. What adds to one name
// belongs together, in whatever file it stands.
type library map[libRule]reach

func newLibrary(files []*file) library {
	l := library{}
	for _, f := range files {
		for i, r := range f.module.Rules {
			name := f.nameOf(r)
			all, ok := l[name]
			if !ok {
				all.names = names{}
			}
			all.size += f.reach[i].size
			all.names.merge(f.reach[i].names)
			l[name] = all
		}
	}
	return l
}

func (f *file) nameOf(r *ast.Rule) libRule {
	return libRule{f.pack, string(r.Head.Ref()[0].Value.(ast.Var))}
}

// add puts the wanted rules and what they reach into the set. It returns the
// size of what is new, and whether some name may be in no library.
func (l library) add(set map[libRule]bool, want names) (size int, doubt bool) {
	for n, sure := range want {
		if set[n] {
			continue
		}
		if n.name == "*" {
			set[n] = true
			whole := names{}
			for other := range l {
				if other.pack == n.pack {
					whole[other] = true
				}
			}
			s, d := l.add(set, whole)
			size, doubt = size+s, doubt || d
		} else if r, ok := l[n]; ok {
			set[n] = true
			s, d := l.add(set, r.names)
			size, doubt = size+r.size+s, doubt || d
		} else if sure {
			doubt = true
		}
	}
	return size, doubt
}

// only returns the module of a library file with the rules of the set, nil when
// there are none.
func (f *file) only(set map[libRule]bool) *ast.Module {
	m := *f.module
	m.Rules = nil
	for _, r := range f.module.Rules {
		if set[f.nameOf(r)] {
			m.Rules = append(m.Rules, r)
		}
	}
	if len(m.Rules) == 0 {
		return nil
	}
	return &m
}

// part is rules that one compiler compiles, with what they reach of the libraries.
type part struct {
	rules []*rule
	libs  map[libRule]bool
	size  int
	doubt bool // a name may be in no library
	err   error
}

// split shares the rules of a pack out among compilers. OPA's compiler uses one
// core, and rules see nothing of each other, so large packs compile in parallel.
// Rules that share library rules go together, because each part compiles what it
// reaches of the libraries.
func split(rules []*rule, l library) []*part {
	const atLeast, atMost = 12, 4
	parts := make([]*part, max(1, min(runtime.GOMAXPROCS(0), len(rules)/atLeast, atMost)))
	for i := range parts {
		parts[i] = &part{libs: map[libRule]bool{}}
	}
	type load struct {
		rule       *rule
		names      names
		size, full int
		doubt      bool
	}
	var loads []load
	all := map[libRule]bool{}
	fair := 0
	for _, r := range rules {
		ld := load{rule: r, names: names{}}
		for _, f := range r.files {
			for _, re := range f.reach {
				ld.size += re.size
				ld.names.merge(re.names)
			}
		}
		size, doubt := l.add(map[libRule]bool{}, ld.names)
		ld.full, ld.doubt = ld.size+size, doubt
		size, _ = l.add(all, ld.names)
		fair += ld.size + size
		loads = append(loads, ld)
	}
	fair /= len(parts)
	// The largest first, each to where it adds least, unless that part would
	// exceed its fair share: then to where it makes the smallest part.
	slices.SortStableFunc(loads, func(a, b load) int { return cmp.Compare(b.full, a.full) })
	for _, ld := range loads {
		var best *part
		var libs map[libRule]bool
		var size, cost int
		for _, p := range parts {
			with := maps.Clone(p.libs)
			added, _ := l.add(with, ld.names)
			added += ld.size
			c := added
			if p.size+added > fair {
				c = fair + p.size + added
			}
			if best == nil || c < cost || c == cost && p.size < best.size {
				best, libs, size, cost = p, with, p.size+added, c
			}
		}
		best.rules, best.libs, best.size = append(best.rules, ld.rule), libs, size
		best.doubt = best.doubt || ld.doubt
	}
	return parts
}
