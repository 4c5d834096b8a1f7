// Package pack knows the packs: which there are, which one a file belongs to,
// and what their rules and facts are called. It loads engines only for packs
// that are used.
package pack

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/plainfile"
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
	Keys        []string // names of keys that only this pack's values have, at whatever level
	Exclude     []string // paths of another chart that such files are mixed up with
	Never       []string // paths that no such file has: the chart is another of the same name
	Kinds       []string // Kubernetes objects that it judges: KIND, GROUP/KIND or GROUP/*
	Fleet       []string // the values that rules about the fleet look at; all of them when empty
	Beside      bool     // it judges values beside the pack that knows their chart best
	WholeAt     int      // how many of WholeOf must be set for values to look whole
	WholeOf     []string
	Cites       map[string]Cite // what findings of other packs stand for
	Version     string
	Requires    cuecheck.Requires // what it was written for
}

// Cite says which facts a finding of another pack's rule stands for when this
// pack judges the file, and how grave it is then.
type Cite struct {
	Facts    []string
	Severity string // "" keeps the rule's own
	Final    string // the severity where no placeholder may be left
	By       string // the pack's own rules that say it better at the same place, parted by blanks
}

// Pack is a named set of schema and policies.
type Pack struct {
	Identity
	Builtin  bool
	SchemaFS fs.FS // pack.cue, values.cue, rules.cue, facts.yaml
	PolicyFS fs.FS // lib and one folder a rule
	Dir      string

	schema func() (*cuecheck.Schema, error)
	sight  func() (regocheck.Sight, error)
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
	p.sight = sync.OnceValues(func() (regocheck.Sight, error) {
		src, _ := p.Policies()
		return src.Sight()
	})
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
	fsys := plainfile.FS(dir)
	if _, err := fs.Stat(fsys, "pack.cue"); err != nil {
		return nil, fmt.Errorf("pack %s has no pack.cue; write one with `pack: {name: %q}`", dir, filepath.Base(dir))
	}
	p := &Pack{SchemaFS: fsys, PolicyFS: fsys, Dir: dir}
	if full, err := filepath.Abs(dir); err == nil {
		p.Name = filepath.Base(full)
	}
	p.init()
	s, err := p.schema()
	if err != nil {
		return nil, err
	}
	if err := s.Verify(); err != nil {
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
	if err := p.checkRequires(); err != nil {
		return nil, err
	}
	if err := p.CheckPaths(); err != nil {
		return nil, err
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

// Sight tells what the pack's rules look at beside their own release.
func (p *Pack) Sight() (regocheck.Sight, error) { return p.sight() }

// Detect returns the packs that the values or the chart's name tell: at most one
// that knows the chart, and those that judge beside it. A file that mixes the
// keys of two charts belongs to the one with more of them, and its schema
// reports the strays. text stands in for values that are no YAML.
func Detect(packs []*Pack, root *values.Node, text []byte, chart string) []*Pack {
	names := keyNames(root, text)
	var best *Pack
	var beside []*Pack
	top, named := 0, false
	for _, p := range packs {
		if slices.ContainsFunc(p.Never, func(path string) bool { return has(root, path) }) {
			continue
		}
		byName := chart != "" && slices.Contains(p.Charts, chart)
		switch {
		case p.Beside:
			if byName || p.marks(root, names) > 0 {
				beside = append(beside, p)
			}
		case named:
		case byName:
			best, named = p, true
		default:
			if n := p.marks(root, names); n > 0 {
				if n = 2*n - p.strays(root); best == nil || n > top {
					best, top = p, n
				}
			}
		}
	}
	if best == nil {
		return beside
	}
	return append([]*Pack{best}, beside...)
}

// ObjectsOnly reports whether the pack judges Kubernetes objects and no values.
func (p *Pack) ObjectsOnly() bool {
	return len(p.Kinds) > 0 && len(p.Charts)+len(p.Markers)+len(p.Keys) == 0
}

// Judges reports whether the pack judges objects of a kind. A kind without its
// group is meant in whatever group. An object without apiVersion is taken for
// the kind that the pack names.
func (p *Pack) Judges(apiVersion, kind string) bool {
	group, _, ok := strings.Cut(apiVersion, "/")
	if !ok {
		group = ""
	}
	return slices.ContainsFunc(p.Kinds, func(k string) bool {
		g, name, ok := strings.Cut(k, "/")
		switch {
		case !ok:
			return k == kind
		case name == "*":
			return g == group
		}
		return name == kind && (g == group || apiVersion == "")
	})
}

// marks counts what speaks for the pack.
func (p *Pack) marks(root *values.Node, names map[string]bool) int {
	n := 0
	for _, m := range p.Markers {
		if has(root, m) {
			n++
		}
	}
	for _, k := range p.Keys {
		if names[strings.ToLower(k)] {
			n++
		}
	}
	return n
}

// strays counts what speaks against the pack.
func (p *Pack) strays(root *values.Node) int {
	n := 0
	for _, m := range p.Exclude {
		if has(root, m) {
			n++
		}
	}
	return n
}

var keyLine = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^[ \t]*(?:- )?([A-Za-z_][A-Za-z0-9_]*)[ \t]*(?::|$)`)
})

// keyNames are the names of all keys, in lower case: where a key stands, and
// how its letters are written, may be the very mistake.
func keyNames(root *values.Node, text []byte) map[string]bool {
	names := map[string]bool{}
	if root == nil {
		for _, m := range keyLine().FindAllSubmatch(text, -1) {
			names[strings.ToLower(string(m[1]))] = true
		}
		return names
	}
	root.Walk(nil, func(_ lint.Path, n *values.Node) bool {
		for _, f := range n.Fields {
			names[strings.ToLower(f.Key)] = true
		}
		return true
	})
	return names
}

func has(root *values.Node, dotted string) bool {
	n := root
	if n == nil {
		return false
	}
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
