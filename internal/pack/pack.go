// Package pack knows the packs: which there are, which one a file belongs to,
// and what their rules and facts are called. It loads engines only for packs
// that are used.
package pack

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/regocheck"
	"github.com/helmvet/helmvet/internal/values"
	"github.com/helmvet/helmvet/policies"
	"github.com/helmvet/helmvet/schema"
)

// Core is the pack that judges every file.
const Core = "core"

// Identity is what tells whose a file is. For built-in packs it is generated
// from pack.cue, so that no schema is compiled for a file that needs none.
type Identity struct {
	Name        string
	Title       string
	Description string
	Charts      []string // chart names
	Markers     []string // paths that only this pack's values have
	Exclude     []string // paths that speak against it
	WholeAt     int      // how many of WholeOf must be set for values to look whole
	WholeOf     []string
	Cites       map[string]Cite // what findings of other packs stand for
}

// Cite says which facts a finding of another pack's rule stands for when this
// pack judges the file, and how grave it is then.
type Cite struct {
	Facts    []string
	Severity string // "" keeps the rule's own
	By       string // the pack's own rule that says it better at the same place
}

// Pack is a named set of schema and policies.
type Pack struct {
	Identity
	Builtin  bool
	SchemaFS fs.FS // pack.cue, values.cue, rules.cue, facts.yaml
	PolicyFS fs.FS // lib and one folder a rule
	Dir      string

	schema func() (*cuecheck.Schema, error)
	words  func() (map[string]lint.Rule, error)
}

var builtins = sync.OnceValue(func() []*Pack {
	ids := identities()
	packs := make([]*Pack, 0, len(ids))
	for _, id := range ids {
		p := &Pack{Identity: id, Builtin: true, SchemaFS: schema.FS(id.Name), PolicyFS: policies.FS(id.Name)}
		p.init()
		packs = append(packs, p)
	}
	return packs
})

func (p *Pack) init() {
	p.schema = sync.OnceValues(func() (*cuecheck.Schema, error) {
		if p.SchemaFS == nil {
			return nil, nil
		}
		return cuecheck.Compile(p.Name, p.SchemaFS)
	})
	p.words = sync.OnceValues(p.loadWords)
}

// Builtins returns the product packs that are built in, without core.
func Builtins() []*Pack { return builtins() }

// Load reads a user's pack from a folder.
func Load(dir string) (*Pack, error) {
	st, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("pack %s: %w", dir, err)
	}
	if !st.IsDir() {
		return nil, fmt.Errorf("pack %s is a file; name the folder that holds its pack.cue", dir)
	}
	fsys := os.DirFS(dir)
	if _, err := fs.Stat(fsys, "pack.cue"); err != nil {
		return nil, fmt.Errorf("pack %s has no pack.cue; write one with `pack: {name: %q}`", dir, filepath.Base(dir))
	}
	p := &Pack{SchemaFS: fsys, PolicyFS: fsys, Dir: dir}
	p.Name = filepath.Base(dir)
	p.init()
	s, err := p.schema()
	if err != nil {
		return nil, err
	}
	info, err := s.Pack()
	if err != nil {
		return nil, err
	}
	p.Identity = IdentityOf(info)
	if p.Name == "" || p.Name == Core || slices.ContainsFunc(Builtins(), func(b *Pack) bool { return b.Name == p.Name }) {
		return nil, fmt.Errorf("%s: pack name %q is empty or taken by a built-in pack; choose another", filepath.Join(dir, "pack.cue"), p.Name)
	}
	return p, nil
}

// Schema returns the compiled schema, nil for a pack without one. It is
// compiled once.
func (p *Pack) Schema() (*cuecheck.Schema, error) { return p.schema() }

// Policies returns what the policy engine compiles; false when the pack has no
// policies.
func (p *Pack) Policies() (regocheck.Source, bool) {
	return regocheck.Source{Pack: p.Name, Dir: p.Dir, FS: p.PolicyFS, Trusted: p.Builtin}, p.PolicyFS != nil
}

// Detect returns the packs that the values or the chart's name tell. Several
// packs may match a file that mixes the keys of two charts.
func Detect(packs []*Pack, root *values.Node, chart string) []*Pack {
	var byChart, byShape []*Pack
	for _, p := range packs {
		if chart != "" && slices.Contains(p.Charts, chart) {
			byChart = append(byChart, p)
		}
		if root != nil && p.marks(root) > 0 {
			byShape = append(byShape, p)
		}
	}
	if len(byChart) > 0 {
		return byChart
	}
	if len(byShape) < 2 {
		return byShape
	}
	return best(byShape, root)
}

// best keeps the packs with the most markers: a file of one chart with a stray
// key of another belongs to the first, and its schema reports the stray.
func best(packs []*Pack, root *values.Node) []*Pack {
	top := 0
	for _, p := range packs {
		top = max(top, p.marks(root))
	}
	var out []*Pack
	for _, p := range packs {
		if p.marks(root) == top {
			out = append(out, p)
		}
	}
	return out
}

func (p *Pack) marks(root *values.Node) int {
	n := 0
	for _, m := range p.Markers {
		if has(root, m) {
			n++
		}
	}
	for _, m := range p.Exclude {
		if has(root, m) {
			n--
		}
	}
	return n
}

func has(root *values.Node, dotted string) bool {
	n := root
	for key := range strings.SplitSeq(dotted, ".") {
		f := n.Get(key)
		if f == nil {
			return false
		}
		n = f.Value
	}
	return true
}

// Whole reports whether the values look like all values of a release, so that
// what is missing may be judged.
func (p *Pack) Whole(root *values.Node) bool {
	if p.WholeAt == 0 || root == nil {
		return false
	}
	n := 0
	for _, m := range p.WholeOf {
		if has(root, m) {
			n++
		}
	}
	return n >= p.WholeAt
}
