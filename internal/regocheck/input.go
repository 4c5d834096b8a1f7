package regocheck

import (
	"fmt"
	"math"
	"strconv"
	"sync"
	"time"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
	"github.com/open-policy-agent/opa/v1/ast"
)

// Tree is a tree of values that rules may see. It remembers its Rego form, so
// one Tree that is part of many inputs is converted once.
type Tree struct {
	Node *values.Node

	mu              sync.Mutex
	plain, expanded *ast.Term
}

// NewTree wraps a tree of values. A nil node stands for null.
func NewTree(n *values.Node) *Tree { return &Tree{Node: n} }

// Input is what rules are evaluated against. Everything is optional; an Input
// must not be changed after its first Eval.
type Input struct {
	Values            *Tree // merged
	Release           Release
	Layers            []Layer // lowest first
	Manifests         []*Tree
	ManifestFiles     []string       // the name of each manifest's file
	ManifestsComplete bool           // nothing else exists in the cluster
	Whole             bool           // what is missing may be judged
	Final             bool           // no placeholder may be left
	Context           map[string]any // by pack: what the configuration tells it; JSON-like, or *values.Node
	Told              []*values.Node // where the configuration tells it: mappings by pack, the most specific first
	Releases          []FleetRelease // the fleet
	FleetDeclared     bool           // the configuration or the repository says which releases there are
	Previous          *Input         // for upgrade
	Change            map[string]any // what lies between Previous and this, for upgrade
	Commands          []Command

	// Took is told how long each rule took; nil when nobody asks.
	Took func(rule string, d time.Duration)
}

// Release is what is known of a release; what is not known stays empty.
type Release struct {
	Name, Namespace, Location string
	Chart                     Chart
	Command                   string
}

// Chart names a chart.
type Chart struct{ Name, Version string }

// Layer is one source of values. Kind is the word of KindName.
type Layer struct {
	Kind   string
	Name   string
	Values *Tree
}

// KindName returns the word that rules know a kind of layers by.
func KindName(k values.LayerKind) string {
	switch k {
	case values.SubchartDefaults:
		return "subchart"
	case values.ChartDefaults:
		return "chart"
	case values.File:
		return "file"
	}
	return k.Flag()[len("--"):]
}

// FleetRelease is one of the releases that are linted together.
type FleetRelease struct {
	Release  Release
	Values   *Tree
	Context  map[string]any // by pack
	Packs    []string       // the packs that judge it
	Whole    bool           // what is missing from it may be judged
	Previous *FleetRelease  // what it was before, for upgrade
}

// Command is one command line of a plan. Value is what rules see of it.
type Command struct {
	Value any
	Span  lint.Span
	Words []lint.Span
}

// inputKeys is a set of keys of the input document.
type inputKeys uint16

const (
	keyValues inputKeys = 1 << iota
	keyExpanded
	keyRelease
	keyLayers
	keyManifests
	keyContext
	keyReleases
	keyPrevious
	keyCommands
	keyManifestFiles
	keyChange
	keyFlags

	allKeys = keyFlags<<1 - 1
)

var keyNames = map[string]inputKeys{
	"values":             keyValues,
	"expanded":           keyExpanded,
	"release":            keyRelease,
	"layers":             keyLayers,
	"manifests":          keyManifests,
	"manifest_files":     keyManifestFiles,
	"manifests_complete": keyFlags,
	"whole":              keyFlags,
	"final":              keyFlags,
	"fleet_declared":     keyFlags,
	"context":            keyContext,
	// Releases of the fleet and the previous release hold values, expanded and
	// so on of their own; what a rule asks of them is not followed.
	"releases": keyReleases | keyValues | keyExpanded | keyRelease | keyContext,
	"previous": allKeys,
	"change":   keyChange,
	"commands": keyCommands,
}

// keyOf returns what a reference to input needs.
func keyOf(r ast.Ref) inputKeys {
	if len(r) < 2 {
		return allKeys
	}
	s, ok := r[1].Value.(ast.String)
	if !ok {
		return allKeys
	}
	return keyNames[string(s)]
}

// document builds the input document for one pack. Only keys that some rule
// asks for are converted.
func (in *Input) document(pack string, need inputKeys) (*ast.Term, error) {
	o := object{}
	if need&keyValues != 0 {
		o.put("values", in.Values.term(false, need))
	}
	if need&keyExpanded != 0 {
		o.put("expanded", in.Values.term(true, need))
	}
	if need&keyRelease != 0 {
		o.put("release", in.Release.term())
	}
	if need&keyFlags != 0 {
		o.put("whole", ast.InternedTerm(in.Whole))
		o.put("final", ast.InternedTerm(in.Final))
		o.put("manifests_complete", ast.InternedTerm(in.ManifestsComplete))
		o.put("fleet_declared", ast.InternedTerm(in.FleetDeclared))
	}
	if need&keyLayers != 0 {
		terms := make([]*ast.Term, len(in.Layers))
		for i, l := range in.Layers {
			lo := object{}
			lo.put("kind", ast.InternedTerm(l.Kind))
			lo.put("name", ast.InternedTerm(l.Name))
			lo.put("values", l.Values.term(false, need))
			terms[i] = lo.term()
		}
		o.put("layers", ast.ArrayTerm(terms...))
	}
	if need&keyManifests != 0 {
		terms := make([]*ast.Term, len(in.Manifests))
		for i, m := range in.Manifests {
			terms[i] = m.term(false, need)
		}
		o.put("manifests", ast.ArrayTerm(terms...))
	}
	if need&keyManifestFiles != 0 && len(in.ManifestFiles) > 0 {
		terms := make([]*ast.Term, len(in.ManifestFiles))
		for i, name := range in.ManifestFiles {
			terms[i] = ast.InternedTerm(name)
		}
		o.put("manifest_files", ast.ArrayTerm(terms...))
	}
	if need&keyContext != 0 {
		if err := o.putContext(in.Context, pack); err != nil {
			return nil, err
		}
	}
	if need&keyReleases != 0 {
		terms := make([]*ast.Term, len(in.Releases))
		for i := range in.Releases {
			t, err := in.Releases[i].term(pack, need)
			if err != nil {
				return nil, err
			}
			terms[i] = t
		}
		o.put("releases", ast.ArrayTerm(terms...))
	}
	if need&keyPrevious != 0 && in.Previous != nil {
		t, err := in.Previous.document(pack, need)
		if err != nil {
			return nil, err
		}
		o.put("previous", t)
	}
	if need&keyChange != 0 && in.Change != nil {
		t, err := anyTerm(in.Change)
		if err != nil {
			return nil, fmt.Errorf("change: %w", err)
		}
		o.put("change", t)
	}
	if need&keyCommands != 0 {
		terms := make([]*ast.Term, len(in.Commands))
		for i, c := range in.Commands {
			t, err := anyTerm(c.Value)
			if err != nil {
				return nil, fmt.Errorf("command %d: %w", i, err)
			}
			terms[i] = t
		}
		o.put("commands", ast.ArrayTerm(terms...))
	}
	return o.term(), nil
}

func (r *FleetRelease) term(pack string, need inputKeys) (*ast.Term, error) {
	o := object{}
	o.put("release", r.Release.term())
	o.put("values", r.Values.term(false, need))
	o.put("expanded", r.Values.term(true, need))
	o.put("whole", ast.InternedTerm(r.Whole))
	packs := make([]*ast.Term, len(r.Packs))
	for i, p := range r.Packs {
		packs[i] = ast.InternedTerm(p)
	}
	o.put("packs", ast.ArrayTerm(packs...))
	if err := o.putContext(r.Context, pack); err != nil {
		return nil, err
	}
	if r.Previous != nil {
		t, err := r.Previous.term(pack, need)
		if err != nil {
			return nil, err
		}
		o.put("previous", t)
	}
	return o.term(), nil
}

func (r Release) term() *ast.Term {
	o := object{}
	o.putString("name", r.Name)
	o.putString("namespace", r.Namespace)
	o.putString("location", r.Location)
	o.putString("command", r.Command)
	if r.Chart != (Chart{}) {
		c := object{}
		c.putString("name", r.Chart.Name)
		c.putString("version", r.Chart.Version)
		o.put("chart", c.term())
	}
	return o.term()
}

// object collects the pairs of a Rego object.
type object struct{ pairs [][2]*ast.Term }

func (o *object) put(key string, t *ast.Term) {
	o.pairs = append(o.pairs, [2]*ast.Term{ast.InternedTerm(key), t})
}

func (o *object) putString(key, s string) {
	if s != "" {
		o.put(key, ast.InternedTerm(s))
	}
}

func (o *object) putContext(contexts map[string]any, pack string) error {
	c, ok := contexts[pack]
	if !ok || c == nil {
		o.put("context", ast.NewTerm(ast.NewObject()))
		return nil
	}
	t, err := anyTerm(c)
	if err != nil {
		return fmt.Errorf("context of pack %q: %w", pack, err)
	}
	o.put("context", t)
	return nil
}

func (o *object) term() *ast.Term { return ast.NewTerm(ast.NewObject(o.pairs...)) }

func anyTerm(v any) (*ast.Term, error) {
	switch v := v.(type) {
	case *values.Node:
		return NewTree(v).term(false, 0), nil
	case *Tree:
		return v.term(false, 0), nil
	}
	val, err := ast.InterfaceToValue(v)
	if err != nil {
		return nil, err
	}
	return ast.NewTerm(val), nil
}

// term returns the tree as Rego sees it, with or without the content of block
// strings in place of their text. Who needs both gets them from one walk.
func (t *Tree) term(expanded bool, need inputKeys) *ast.Term {
	if t == nil || t.Node == nil {
		return ast.InternedNullTerm
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if expanded || need&(keyValues|keyExpanded) == keyValues|keyExpanded {
		if t.expanded == nil {
			plain, exp := convertBoth(t.Node)
			if t.plain == nil {
				t.plain = plain
			}
			t.expanded = exp
		}
		if expanded {
			return t.expanded
		}
	}
	if t.plain == nil {
		t.plain = convert(t.Node)
	}
	return t.plain
}

func convert(n *values.Node) *ast.Term {
	switch n.Kind {
	case values.Map:
		pairs := make([][2]*ast.Term, len(n.Fields))
		for i, f := range n.Fields {
			pairs[i] = [2]*ast.Term{ast.InternedTerm(f.Key), convert(f.Value)}
		}
		return ast.NewTerm(ast.NewObject(pairs...))
	case values.List:
		items := make([]*ast.Term, len(n.Items))
		for i, it := range n.Items {
			items[i] = convert(it)
		}
		return ast.ArrayTerm(items...)
	}
	return scalar(n)
}

// convertBoth returns the tree as written and with the content of block
// strings. Where there are none, both are the same term.
func convertBoth(n *values.Node) (plain, expanded *ast.Term) {
	switch n.Kind {
	case values.Map:
		pairs := make([][2]*ast.Term, len(n.Fields))
		var other [][2]*ast.Term
		for i, f := range n.Fields {
			key := ast.InternedTerm(f.Key)
			p, e := convertBoth(f.Value)
			pairs[i] = [2]*ast.Term{key, p}
			if p != e && other == nil {
				other = make([][2]*ast.Term, len(n.Fields))
				copy(other, pairs[:i])
			}
			if other != nil {
				other[i] = [2]*ast.Term{key, e}
			}
		}
		plain = ast.NewTerm(ast.NewObject(pairs...))
		if other == nil {
			return plain, plain
		}
		return plain, ast.NewTerm(ast.NewObject(other...))
	case values.List:
		items := make([]*ast.Term, len(n.Items))
		var other []*ast.Term
		for i, it := range n.Items {
			p, e := convertBoth(it)
			items[i] = p
			if p != e && other == nil {
				other = make([]*ast.Term, len(n.Items))
				copy(other, items[:i])
			}
			if other != nil {
				other[i] = e
			}
		}
		plain = ast.ArrayTerm(items...)
		if other == nil {
			return plain, plain
		}
		return plain, ast.ArrayTerm(other...)
	case values.String:
		plain = scalar(n)
		if content := n.Embedded(); content != nil {
			_, expanded = convertBoth(content)
			return plain, expanded
		}
		return plain, plain
	}
	plain = scalar(n)
	return plain, plain
}

func scalar(n *values.Node) *ast.Term {
	switch n.Kind {
	case values.Bool:
		return ast.InternedTerm(n.Bool)
	case values.Number:
		return number(n.Number)
	case values.String:
		return ast.InternedTerm(n.Str)
	}
	return ast.InternedNullTerm
}

// number writes a number as JSON does, which is how it would reach OPA.
func number(f float64) *ast.Term {
	if f == math.Trunc(f) && math.Abs(f) < math.MaxInt32 {
		return ast.InternedTerm(int(f))
	}
	format := byte('f')
	if abs := math.Abs(f); abs < 1e-6 || abs >= 1e21 {
		format = 'e'
	}
	return ast.NewTerm(ast.Number(strconv.FormatFloat(f, format, -1, 64)))
}
