package templates

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// File is a template of a chart.
type File struct {
	Path string // inside the chart
	Name string // as findings name it
	Data []byte
}

// Chart is a chart of a release as the analysis sees it.
type Chart struct {
	Name      string // of the chart
	Path      lint.Path
	Library   bool
	Templates []File
	// Texts are other files of the chart that hold template expressions, which
	// templates may hand to tpl.
	Texts  []File
	Charts []*Chart
	// Off tells why the chart takes no part in the release.
	Off *Guard
}

// Result is what the templates of a release do with its values.
type Result struct {
	Root     *Node
	Problems []Problem
	// Opaque are places that read all values of a chart without naming any, by
	// the path of the chart's values.
	Opaque map[string]Site
	// Replaced are the charts whose templates put others in place of the values,
	// or put more into them at the top: what they read may come from there.
	Replaced map[string]bool
}

// Problem is why Helm cannot parse a template.
type Problem struct {
	Span    lint.Span
	Message string
}

// scope is one chart of the release.
type scope struct {
	id        int
	chartName string
	path      lint.Path
	subs      map[string]*scope
	tpl       []*value // what tpl was given as context in this chart's templates
	puts      []put    // what templates put into the chart's values
	follows   int      // how often a place led to what was put there
}

// put is a value that a template puts at a place of a chart's values, with
// `set` or `merge`: whatever looks at the place afterwards looks at the value.
type put struct {
	steps []string
	value *value
}

const (
	mostPuts    = 32
	mostFollows = 2_000 // more than that, and all values of the chart count as read
)

// putAt notes that the value stands at the place, too. Where there is too much
// to follow, everything that the value holds counts as used.
func (f *frame) putAt(r ref, v *value, at parse.Node) {
	if r.copy {
		return
	}
	if r.steps == "" {
		f.result.Replaced[r.scope.path.String()] = true
	}
	steps := r.split()
	for i, p := range r.scope.puts {
		if slices.Equal(p.steps, steps) {
			u := union(p.value, v)
			if len(u.refs)+len(u.dicts)+len(u.lists) > mostPuts {
				f.deep(v, at)
				return
			}
			r.scope.puts[i].value = u
			return
		}
	}
	if len(r.scope.puts) >= mostPuts {
		f.deep(v, at)
		return
	}
	r.scope.puts = append(r.scope.puts, put{steps, v})
}

// put returns what was put at the place itself.
func (r ref) put() []*value {
	var out []*value
	var steps []string
	if r.scope.follows > mostFollows {
		return nil
	}
	for _, p := range r.scope.puts {
		if steps == nil {
			steps = r.split()
		}
		if len(p.steps) == len(steps) && alike(p.steps, steps) {
			out = append(out, p.value)
			r.scope.follows++
		}
	}
	return out
}

// within returns what was put at the place and below it.
func (r ref) within() []*value {
	var out []*value
	steps := r.split()
	for _, p := range r.scope.puts {
		if len(p.steps) >= len(steps) && alike(p.steps[:len(steps)], steps) {
			out = append(out, p.value)
		}
	}
	return out
}

// alike reports whether two ways of the same length may lead to one place.
func alike(a, b []string) bool {
	for i := range a {
		if a[i] != b[i] && a[i] != any_ && b[i] != any_ {
			return false
		}
	}
	return true
}

func (s *scope) field(key string) *value {
	switch key {
	case "Values":
		all := ref{scope: s}
		return union(append(all.put(), &value{refs: []ref{all}})...)
	case "Chart":
		return &value{metas: []*scope{s}}
	case "Subcharts":
		d := &dict{id: -1, fields: map[string]*value{}}
		for name, sub := range s.subs {
			d.fields[name] = &value{roots: []*scope{sub}}
		}
		return &value{dicts: []*dict{d}}
	}
	return unknown
}

// define is a named template, or a file.
type define struct {
	tree *parse.Tree
	file *File
	line int // of the value that the template is, else 0
}

// analyzer runs over all templates once.
type analyzer struct {
	merged  *values.Node // the values that the templates receive
	defines map[string]*define
	names   []string // of defines, sorted
	lines   map[*parse.Tree][]int
	result  *Result
	seen    map[string]*value // what defines printed, by name and context
	budget  int
	dicts   int
	texts   map[string]*parse.Tree // parsed for tpl; nil when they are no templates
	strings []textValue            // values that hold template expressions
}

// textValue is a value that may be handed to tpl.
type textValue struct {
	text string
	at   Site
}

// frame is one template while it runs.
type frame struct {
	*analyzer
	def   *define
	scope *scope // whose file it is
	vars  []variable
	dead  *Guard // the condition that keeps Helm from here
	depth int
	cond  int      // how many branches and loops lie around
	out   *printer // what the template prints
}

type variable struct {
	name  string
	value *value
	cond  int // where it was declared
}

// printer collects what a template prints, as far as that is nothing but texts
// that are known.
type printer struct {
	whole strings.Builder
	texts []string // instead, when there is a choice
	other bool
}

func (p *printer) value() *value {
	all := strings.TrimSpace(p.whole.String())
	switch {
	case p.other, all != "" && len(p.texts) > 0, all == "" && len(p.texts) == 0:
		return unknown
	case len(p.texts) > 0:
		return text(p.texts...)
	}
	return text(all)
}

// print notes that a value is printed, perhaps only sometimes.
func (p *printer) print(v *value, sometimes bool) {
	switch {
	case v.other || len(v.texts) == 0 || len(v.roots)+len(v.metas)+len(v.refs)+len(v.dicts)+len(v.lists) > 0:
		p.other = true
	case len(v.texts) == 1 && !sometimes:
		p.whole.WriteString(v.texts[0])
	default:
		p.texts = addNew(p.texts, v.texts)
	}
}

const (
	maxRuns  = 60_000
	maxDepth = 60
	maxSteps = 12
)

// Analyze follows the values of a release through the templates of its charts.
// merged are the values that they receive.
func Analyze(top *Chart, merged *values.Node) *Result {
	a := &analyzer{
		merged: merged, defines: map[string]*define{}, lines: map[*parse.Tree][]int{}, seen: map[string]*value{}, budget: maxRuns,
		texts: map[string]*parse.Tree{}, result: &Result{Root: &Node{}, Opaque: map[string]Site{}, Replaced: map[string]bool{}},
	}
	type job struct {
		def   *define
		scope *scope
		off   *Guard
	}
	var jobs []job
	var load func(c *Chart, off *Guard) *scope
	scopes := 0
	load = func(c *Chart, off *Guard) *scope {
		scopes++
		s := &scope{id: scopes, chartName: c.Name, path: c.Path, subs: map[string]*scope{}}
		if off == nil {
			off = c.Off
		}
		for _, sub := range c.Charts {
			name := ""
			if len(sub.Path) > 0 {
				name = sub.Path.Last().Key
			}
			s.subs[name] = load(sub, off)
		}
		// Those of a parent replace those of its subcharts.
		for i := range c.Templates {
			f := &c.Templates[i]
			if d := a.parse(f, off == nil); d != nil && !c.Library && !strings.HasPrefix(path.Base(f.Path), "_") {
				jobs = append(jobs, job{d, s, off})
			}
		}
		return s
	}
	load(top, nil)
	for name := range a.defines {
		a.names = append(a.names, name)
	}
	slices.Sort(a.names)
	merged.Walk(nil, func(_ lint.Path, n *values.Node) bool {
		if n.Kind == values.String && strings.Contains(n.Str, "{{") && !slices.ContainsFunc(a.strings, func(t textValue) bool { return t.text == n.Str }) {
			a.strings = append(a.strings, textValue{n.Str, Site{n.Span.File, max(n.Span.Line, 1)}})
		}
		return true
	})
	texts := map[*scope][]File{}
	var collect func(c *Chart)
	collect = func(c *Chart) {
		for _, j := range jobs {
			if j.scope.path.Equal(c.Path) && j.scope.chartName == c.Name {
				texts[j.scope] = c.Texts
			}
		}
		for _, sub := range c.Charts {
			collect(sub)
		}
	}
	collect(top)
	slices.SortStableFunc(jobs, func(x, y job) int { return len(x.scope.path) - len(y.scope.path) })
	const again, texting = 1, 2
	for pass := range 3 {
		if pass == again { // templates also see what those after them put into values
			if !slices.ContainsFunc(jobs, func(j job) bool { return len(j.scope.puts) > 0 }) {
				continue
			}
			a.seen, a.budget = map[string]*value{}, maxRuns
		}
		for _, j := range jobs {
			if pass == texting && len(j.scope.tpl) == 0 {
				continue
			}
			f := &frame{analyzer: a, def: j.def, scope: j.scope, dead: j.off, out: &printer{}}
			root := &value{roots: []*scope{j.scope}}
			if pass != texting {
				f.vars = []variable{{"$", root, 0}}
				f.list(j.def.tree.Root, root)
				continue
			}
			// What tpl makes of texts is looked at under each context it got.
			for _, ctx := range j.scope.tpl {
				for _, s := range a.strings {
					f.text(s.text, ctx, &define{file: &File{Name: s.at.File}, line: s.at.Line})
				}
				for i := range texts[j.scope] {
					t := &texts[j.scope][i]
					f.text(string(t.Data), ctx, &define{file: t})
				}
			}
			j.scope.tpl = nil
		}
	}
	for _, j := range jobs {
		if key := j.scope.path.String(); j.scope.follows > mostFollows {
			if _, ok := a.result.Opaque[key]; !ok {
				a.result.Opaque[key] = Site{j.def.file.Name, 1}
			}
		}
	}
	return a.result
}

// parse reads a template file and keeps its defines.
func (a *analyzer) parse(f *File, live bool) *define {
	name := f.Name
	trees := map[string]*parse.Tree{}
	t := parse.New(name)
	t.Mode = parse.SkipFuncCheck
	if _, err := t.Parse(string(f.Data), "", "", trees); err != nil {
		if live {
			a.result.Problems = append(a.result.Problems, problemOf(f, err))
		}
		return nil
	}
	var own *define
	for n, tree := range trees {
		d := &define{tree: tree, file: f}
		if n == name {
			own = d
			continue
		}
		a.defines[n] = d
	}
	if own == nil { // nothing but defines
		own = &define{tree: t, file: f}
	}
	return own
}

func problemOf(f *File, err error) Problem {
	msg := strings.TrimPrefix(err.Error(), "template: "+f.Name+":")
	line := 1
	if n, rest, ok := strings.Cut(msg, ":"); ok {
		if _, err := fmt.Sscanf(n, "%d", &line); err == nil {
			msg = strings.TrimSpace(rest)
		}
	}
	return Problem{
		Span:    lint.Span{File: f.Name, Line: line, Column: 1, EndLine: line, EndCol: 2},
		Message: msg,
	}
}

// site is the place of a node in the file.
func (f *frame) site(n parse.Node) Site {
	s := Site{File: f.def.file.Name, Line: max(f.def.line, 1)}
	if n == nil || f.def.line > 0 {
		return s
	}
	starts, ok := f.lines[f.def.tree]
	if !ok {
		starts = []int{0}
		for i, c := range f.def.file.Data {
			if c == '\n' {
				starts = append(starts, i+1)
			}
		}
		f.lines[f.def.tree] = starts
	}
	i, found := slices.BinarySearch(starts, int(n.Position()))
	if found {
		i++
	}
	s.Line = max(i, 1)
	return s
}

// node is where reads of the place are noted.
func (a *analyzer) node(r ref) []*Node {
	n := a.result.Root
	for _, s := range r.scope.path {
		n = n.child(s.Key)
	}
	steps := r.split()
	out := []*Node{}
	walk := func(n *Node) *Node {
		for i, s := range steps {
			if i >= maxSteps {
				n.Deep = true
				break
			}
			n = n.child(s)
		}
		return n
	}
	out = append(out, walk(n))
	if len(r.scope.path) > 0 && len(steps) > 0 && steps[0] == "global" {
		out = append(out, walk(a.result.Root)) // handed down from the top
	}
	return out
}

// touch notes that the value is looked at.
func (f *frame) touch(v *value, at parse.Node) {
	for _, r := range v.refs {
		if r.steps == "" || f.opaque(r, at) {
			continue
		}
		for _, n := range f.node(r) {
			n.mark(f.site(at), f.dead)
		}
	}
}

// opaque notes a place that reads values of a chart at the top without naming
// them, and reports whether this is one.
func (f *frame) opaque(r ref, at parse.Node) bool {
	if r.steps != "" && r.steps != any_ && !strings.HasPrefix(r.steps, any_+sep) {
		return false
	}
	key := r.scope.path.String()
	if _, ok := f.result.Opaque[key]; !ok {
		f.result.Opaque[key] = f.site(at)
	}
	return true
}

// deep notes that the value is used with all that it holds.
func (f *frame) deep(v *value, at parse.Node) { f.deepen(v, at, map[any]bool{}, 0) }

// deepen skips the dictionaries and places that it has seen.
func (f *frame) deepen(v *value, at parse.Node, seen map[any]bool, depth int) {
	if depth > 40 {
		return
	}
	for _, r := range v.refs {
		if len(r.scope.puts) > 0 && !seen[r] {
			seen[r] = true
			for _, w := range r.within() {
				f.deepen(w, at, seen, depth+1)
			}
		}
		if f.opaque(r, at) {
			continue
		}
		for _, n := range f.node(r) {
			n.mark(f.site(at), f.dead)
			n.Deep = true
		}
	}
	for _, d := range v.dicts {
		if seen[d] {
			continue
		}
		seen[d] = true
		for _, w := range d.fields {
			f.deepen(w, at, seen, depth+1)
		}
		if d.rest != nil {
			f.deepen(d.rest, at, seen, depth+1)
		}
	}
	for _, l := range v.lists {
		for _, w := range l.items {
			f.deepen(w, at, seen, depth+1)
		}
	}
}

// printed notes that the value is written out.
func (f *frame) printed(v *value, at parse.Node, quoted bool) {
	for _, r := range v.refs {
		if r.steps == "" || f.dead != nil || f.opaque(r, at) {
			continue
		}
		for _, n := range f.node(r) {
			if s := f.site(at); len(n.Printed) < mostSites && !slices.Contains(n.Printed, s) {
				n.Printed = append(n.Printed, s)
			}
			n.Quoted = n.Quoted || quoted
		}
	}
}

// list runs a list of nodes.
func (f *frame) list(l *parse.ListNode, dot *value) {
	if l == nil {
		return
	}
	mark := len(f.vars)
	for _, n := range l.Nodes {
		f.exec(n, dot)
	}
	f.vars = f.vars[:mark]
}

func (f *frame) exec(n parse.Node, dot *value) {
	switch n := n.(type) {
	case *parse.ActionNode:
		v := f.pipe(n.Pipe, dot)
		if len(n.Pipe.Decl) == 0 {
			f.deep(v, n)
			f.printed(v, n, quotes(n.Pipe))
			f.out.print(v, f.cond > 0)
		}
	case *parse.TextNode:
		if blank := len(bytes.TrimSpace(n.Text)) == 0; f.cond == 0 {
			f.out.whole.Write(n.Text)
		} else if !blank {
			f.out.print(text(strings.TrimSpace(string(n.Text))), true)
		}
	case *parse.IfNode:
		f.branch(&n.BranchNode, dot, false)
	case *parse.WithNode:
		f.branch(&n.BranchNode, dot, true)
	case *parse.RangeNode:
		f.loop(n, dot)
	case *parse.TemplateNode:
		v := unknown
		if n.Pipe != nil {
			v = f.pipe(n.Pipe, dot)
		}
		f.out.print(f.call([]string{n.Name}, v), f.cond > 0)
	}
}

// loop runs `range`. A list whose items are known is gone through item by item,
// anything else once, with any element.
func (f *frame) loop(n *parse.RangeNode, dot *value) {
	mark := len(f.vars)
	v := f.pipe(n.Pipe, dot)
	f.vars = f.vars[:mark]
	if len(n.Pipe.Decl) == 2 && n.Pipe.Decl[0].Ident[0] != "$_" {
		f.touch(v.element(), n) // the keys may be all that is wanted
	}
	body := func(el *value) {
		switch decl := n.Pipe.Decl; len(decl) {
		case 1:
			f.setVar(decl[0].Ident[0], el)
		case 2:
			f.setVar(decl[0].Ident[0], unknown)
			f.setVar(decl[1].Ident[0], el)
		}
		f.list(n.List, el)
		f.vars = f.vars[:mark]
	}
	dead := f.dead
	if t, guard := f.truth(v, n); t == no && f.dead == nil {
		f.dead = guard
	}
	fixed := len(v.lists) > 0 && !v.other && len(v.roots)+len(v.refs)+len(v.dicts)+len(v.texts) == 0
	for _, l := range v.lists {
		fixed = fixed && !l.loose && len(l.items) > 0 && len(l.items) <= 40
	}
	if fixed {
		// Each of the lists may be the one: what the variables are afterwards is
		// any of what the lists make of them.
		before, after := slices.Clone(f.vars), []variable(nil)
		for _, l := range v.lists {
			copy(f.vars, before)
			for _, it := range l.items {
				if f.budget--; f.budget < 0 {
					it = v.element()
				}
				body(it)
				if f.budget < 0 {
					break
				}
			}
			if after == nil {
				after = slices.Clone(f.vars)
				continue
			}
			for i := range after {
				after[i].value = union(after[i].value, f.vars[i].value)
			}
		}
		copy(f.vars, after)
	} else {
		f.cond++
		body(v.element())
		f.cond--
	}
	f.dead = dead
	f.cond++
	f.list(n.ElseList, dot)
	f.cond--
}

// branch runs `if` and `with`.
func (f *frame) branch(n *parse.BranchNode, dot *value, with bool) {
	mark := len(f.vars)
	v := f.pipe(n.Pipe, dot)
	t, guard := f.condition(n.Pipe, dot, v)
	inner := dot
	if with {
		inner = v
	}
	dead := f.dead
	if t == no && f.dead == nil {
		f.dead = guard
	}
	f.cond++
	f.list(n.List, inner)
	f.dead = dead
	if t == yes && f.dead == nil {
		f.dead = guard
	}
	f.list(n.ElseList, dot)
	f.cond--
	f.dead = dead
	f.vars = f.vars[:mark]
}

type answer uint8

const (
	maybe answer = iota
	yes
	no
)

// condition decides a condition by the values at hand, where that is possible.
// The guard is what decides against the branch that is not taken.
func (f *frame) condition(p *parse.PipeNode, dot, v *value) (answer, *Guard) {
	if len(p.Cmds) == 1 {
		args := p.Cmds[0].Args
		if id, ok := args[0].(*parse.IdentifierNode); ok && len(args) > 1 {
			sub := func(n parse.Node) (answer, *Guard) {
				if inner, ok := n.(*parse.PipeNode); ok {
					return f.condition(inner, dot, f.quiet(n, dot))
				}
				return f.truth(f.quiet(n, dot), n)
			}
			switch id.Ident {
			case "not":
				t, g := sub(args[1])
				switch t {
				case yes:
					return no, g
				case no:
					return yes, g
				}
				return maybe, nil
			case "and":
				all := yes
				var guard *Guard
				for _, a := range args[1:] {
					t, g := sub(a)
					if t == no {
						return no, g
					}
					if t == maybe {
						all = maybe
					}
					guard = g
				}
				return all, guard
			case "or":
				none := no
				var guard *Guard
				for _, a := range args[1:] {
					t, g := sub(a)
					if t == yes {
						return yes, g
					}
					if t == maybe {
						none = maybe
					}
					if guard == nil {
						guard = g
					}
				}
				return none, guard
			}
			return maybe, nil
		}
	}
	if len(p.Cmds) > 1 {
		return maybe, nil
	}
	return f.truth(v, p)
}

// quiet evaluates an expression again without side effects that matter: what it
// reads was noted before.
func (f *frame) quiet(n parse.Node, dot *value) *value { return f.arg(n, dot) }

// truth tells whether a value is one that `if` takes for true.
func (f *frame) truth(v *value, at parse.Node) (answer, *Guard) {
	if v.other || len(v.roots)+len(v.metas)+len(v.dicts)+len(v.lists)+len(v.texts) > 0 || len(v.refs) != 1 {
		return maybe, nil
	}
	r := v.refs[0]
	steps := r.split()
	if len(steps) == 0 || slices.Contains(steps, any_) || len(r.scope.puts) > 0 && len(r.within()) > 0 {
		return maybe, nil
	}
	p := slices.Clone(r.scope.path)
	for _, s := range steps {
		p = p.Key(s)
	}
	n := f.merged
	for _, s := range p {
		if n = n.Lookup(lint.Path{s}); n == nil || n.Kind == values.String {
			break
		}
	}
	set := n != nil
	if n != nil {
		switch n.Kind {
		case values.Null:
			set = false
		case values.Bool:
			set = n.Bool
		case values.Number:
			set = n.Number != 0 || n.Int != 0
		case values.String:
			if n.Unknown() {
				return maybe, nil
			}
			set = n.Str != ""
		case values.Map:
			set = len(n.Fields) > 0
		case values.List:
			set = len(n.Items) > 0
		}
	}
	g := &Guard{Path: p, Want: !set, Site: f.site(at)}
	if set {
		return yes, g
	}
	return no, g
}

func (f *frame) setVar(name string, v *value) { f.vars = append(f.vars, variable{name, v, f.cond}) }

func (f *frame) getVar(name string) *value {
	for i := len(f.vars) - 1; i >= 0; i-- {
		if f.vars[i].name == name {
			return f.vars[i].value
		}
	}
	return unknown
}

// pipe evaluates a pipeline and its declarations.
func (f *frame) pipe(p *parse.PipeNode, dot *value) *value {
	if p == nil {
		return unknown
	}
	var v *value
	for _, c := range p.Cmds {
		v = f.command(c, dot, v)
	}
	v = cmp.Or(v, unknown)
	if len(p.Decl) == 1 {
		name := p.Decl[0].Ident[0]
		if p.IsAssign {
			for i := len(f.vars) - 1; i >= 0; i-- {
				if f.vars[i].name != name {
					continue
				}
				if f.vars[i].cond < f.cond { // it may keep what it was
					v = union(f.vars[i].value, v)
				}
				f.vars[i].value = v
				break
			}
		} else {
			f.setVar(name, v)
		}
	}
	return v
}

// command evaluates one command of a pipeline; last is what is piped into it.
func (f *frame) command(c *parse.CommandNode, dot, last *value) *value {
	if id, ok := c.Args[0].(*parse.IdentifierNode); ok {
		args := make([]*value, 0, len(c.Args))
		for _, a := range c.Args[1:] {
			args = append(args, f.arg(a, dot))
		}
		if last != nil {
			args = append(args, last)
		}
		return f.function(id.Ident, args, c)
	}
	v := f.arg(c.Args[0], dot)
	if len(c.Args) > 1 || last != nil { // a method, as of .Files or .Capabilities
		for _, a := range c.Args[1:] {
			f.deep(f.arg(a, dot), c)
		}
		if last != nil {
			f.deep(last, c)
		}
		return unknown
	}
	return v
}

// arg evaluates an operand.
func (f *frame) arg(n parse.Node, dot *value) *value {
	switch n := n.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return f.chain(dot, n.Ident, n)
	case *parse.VariableNode:
		return f.chain(f.getVar(n.Ident[0]), n.Ident[1:], n)
	case *parse.ChainNode:
		return f.chain(f.arg(n.Node, dot), n.Field, n)
	case *parse.PipeNode:
		return f.pipe(n, dot)
	case *parse.StringNode:
		return text(n.Text)
	case *parse.NumberNode:
		return text(n.Text)
	case *parse.IdentifierNode:
		return f.function(n.Ident, nil, n)
	}
	return unknown
}

func (f *frame) chain(v *value, fields []string, at parse.Node) *value {
	for _, key := range fields {
		v = v.field(key)
	}
	if len(fields) > 0 {
		f.touch(v, at)
	}
	return v
}

// call runs defines with a context and returns what they print. A name with *
// stands for all that match.
func (f *frame) call(names []string, ctx *value) *value {
	var out []*value
	for _, name := range names {
		if !strings.Contains(name, any_) {
			if d := f.defines[name]; d != nil {
				out = append(out, f.run(d, name, ctx))
			}
			continue
		}
		for _, n := range f.names {
			if wild(name, n) {
				out = append(out, f.run(f.defines[n], n, ctx))
			}
		}
	}
	if len(out) == 0 {
		return unknown
	}
	return union(out...)
}

// wild matches a pattern whose * stands for any text.
func wild(pattern, s string) bool {
	parts := strings.Split(pattern, any_)
	if !strings.HasPrefix(s, parts[0]) {
		return false
	}
	s = s[len(parts[0]):]
	for i, p := range parts[1:] {
		if i == len(parts)-2 {
			return strings.HasSuffix(s, p)
		}
		j := strings.Index(s, p)
		if j < 0 {
			return false
		}
		s = s[j+len(p):]
	}
	return s == ""
}

func (f *frame) run(d *define, name string, ctx *value) *value {
	var key strings.Builder
	key.WriteString(name + "\n")
	if f.dead != nil {
		key.WriteString(f.dead.Path.String())
	}
	key.WriteByte('\n')
	ctx.print(&key, 0)
	if printed, ok := f.seen[key.String()]; ok {
		return printed
	}
	f.seen[key.String()] = unknown // while it runs
	if f.budget--; f.budget < 0 || f.depth > maxDepth || f.scope.follows > mostFollows {
		f.deep(ctx, nil)
		return unknown
	}
	inner := &frame{
		analyzer: f.analyzer, def: d, scope: f.scope, dead: f.dead, depth: f.depth + 1,
		vars: []variable{{"$", ctx, 0}}, out: &printer{},
	}
	inner.list(d.tree.Root, ctx)
	f.seen[key.String()] = inner.out.value()
	return inner.out.value()
}

// text runs a text that a template hands to tpl; in tells where it stands.
func (f *frame) text(s string, ctx *value, in *define) {
	if !strings.Contains(s, "{{") {
		return
	}
	tree, ok := f.texts[s]
	if !ok {
		trees := map[string]*parse.Tree{}
		t := parse.New("tpl")
		t.Mode = parse.SkipFuncCheck
		if _, err := t.Parse(s, "", "", trees); err == nil {
			tree = trees["tpl"]
		}
		f.texts[s] = tree
	}
	if tree == nil {
		return
	}
	f.run(&define{tree: tree, file: in.file, line: in.line}, "tpl\x00"+s, ctx)
}

// quotes reports whether a pipeline prints a number as part of a text.
func quotes(p *parse.PipeNode) bool {
	for _, c := range p.Cmds {
		if id, ok := c.Args[0].(*parse.IdentifierNode); ok {
			switch id.Ident {
			case "quote", "squote", "toString", "printf", "print", "cat":
				return true
			}
		}
	}
	return false
}
