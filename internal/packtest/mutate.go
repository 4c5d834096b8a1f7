package packtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/pack"
	"go.yaml.in/yaml/v3"
)

// Mutants are mistakes that were made on purpose in good examples.
type Mutants struct {
	Made, Tried, Killed int
	Survivors           []Mutant
}

// Percent is the share of those tried that some rule caught.
func (m *Mutants) Percent() float64 {
	if m.Tried == 0 {
		return 100
	}
	return 100 * float64(m.Killed) / float64(m.Tried)
}

// Mutant is one mistake: what was done where.
type Mutant struct {
	Example string // txtar file and name of the example
	Path    string
	Change  string
}

func (m Mutant) String() string { return fmt.Sprintf("%s: %s: %s", m.Example, m.Path, m.Change) }

// Mutate makes one mistake after the other in the values and objects of the
// rules' good examples, and tells which no rule catches. A mistake is caught when
// the linter says something that it does not say of the example itself. What the
// schema leaves open on purpose (keys of a mapping that takes any, optional keys
// that are left out) is no mistake, and the form of objects that the pack's
// #Manifests do not describe is left to Kubernetes. Of more mutants than atMost, evenly chosen
// ones are tried.
func (r *Runner) Mutate(ctx context.Context, p *pack.Pack, rules []lint.Rule, atMost int) (*Mutants, error) {
	schema, err := p.Schema()
	if err != nil {
		return nil, err
	}
	var all []trial
	seen := map[string]bool{}
	for _, rule := range rules {
		for _, e := range rule.Examples {
			if e.Kind != "good" || seen[e.Text] {
				continue
			}
			seen[e.Text] = true
			files, run, err := ExampleOf(p, e).Build()
			if err != nil {
				continue // the example itself fails, and says so
			}
			base := &baseline{files: files, run: run}
			name := examplesFile(rule) + " " + e.Kind + "/" + e.Name
			for _, t := range targets(files, run) {
				for _, m := range mutantsOf(files[t.file], t, schema) {
					all = append(all, trial{base, t.file, m.text, Mutant{name, m.path, m.change}})
				}
			}
		}
	}
	out := &Mutants{Made: len(all)}
	step := 1.0
	if atMost > 0 && len(all) > atMost {
		step = float64(len(all)) / float64(atMost)
	}
	for at := 0.0; int(at) < len(all); at += step {
		t := all[int(at)]
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		caught, err := r.caught(ctx, t)
		if err != nil {
			return nil, err
		}
		out.Tried++
		if caught {
			out.Killed++
		} else {
			out.Survivors = append(out.Survivors, t.Mutant)
		}
	}
	return out, nil
}

// trial is a mutant to be tried.
type trial struct {
	base *baseline
	file string
	text string
	Mutant
}

// baseline is an example, and what the linter says of it.
type baseline struct {
	files map[string]string
	run   linter.Run
	said  map[string]bool
}

func (r *Runner) caught(ctx context.Context, t trial) (bool, error) {
	if t.base.said == nil {
		out, err := r.Linter(t.base.files).Lint(ctx, t.base.run)
		if err != nil {
			return false, fmt.Errorf("%s: %w", t.Example, err)
		}
		t.base.said = map[string]bool{}
		for _, f := range out.Report.Findings {
			t.base.said[said(f)] = true
		}
	}
	files := maps.Clone(t.base.files)
	files[t.file] = t.text
	out, err := r.Linter(files).Lint(ctx, t.base.run)
	if err != nil {
		return true, nil //nolint:nilerr // that helmvet refuses the file is a way to say it
	}
	return slices.ContainsFunc(out.Report.Findings, func(f lint.Finding) bool { return !t.base.said[said(f)] }), nil
}

func said(f lint.Finding) string { return f.Rule + "\n" + f.Path.String() + "\n" + f.Message }

// target is a file of an example that holds values or objects.
type target struct {
	file   string
	object bool
	whole  bool // what is missing is judged
}

func targets(files map[string]string, run linter.Run) []target {
	var out []target
	for _, rel := range run.Releases {
		for _, name := range rel.Values.ValueFiles {
			if _, ok := files[name]; ok && !slices.ContainsFunc(out, func(t target) bool { return t.file == name }) {
				out = append(out, target{file: name, whole: rel.Complete})
			}
		}
	}
	for _, name := range run.Manifests {
		out = append(out, target{file: name, object: true, whole: true})
	}
	return out
}

type mutation struct{ text, path, change string }

// mutantsOf makes every mistake of a file, one a mutant.
func mutantsOf(text string, t target, schema *cuecheck.Schema) []mutation {
	docs, err := readNodes(text)
	if err != nil {
		return nil // not YAML; nothing more can go wrong with it
	}
	m := mutator{docs: docs}
	for _, d := range docs {
		if len(d.Content) == 0 {
			continue
		}
		m.schema, m.whole, m.object = schema, t.whole, t.object
		if t.object {
			m.schema = schema.Object(kindOf(d.Content[0]))
		}
		if !m.schema.HasValues() {
			m.schema = nil
			if t.object {
				continue
			}
		}
		m.visit(d.Content[0], nil)
	}
	return m.out
}

func readNodes(text string) ([]*yaml.Node, error) {
	dec := yaml.NewDecoder(strings.NewReader(text))
	var docs []*yaml.Node
	for {
		var d yaml.Node
		err := dec.Decode(&d)
		if errors.Is(err, io.EOF) {
			return docs, nil
		}
		if err != nil {
			return nil, err
		}
		docs = append(docs, &d)
	}
}

func kindOf(n *yaml.Node) string {
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == "kind" {
				return n.Content[i+1].Value
			}
		}
	}
	return ""
}

type mutator struct {
	docs   []*yaml.Node
	schema *cuecheck.Schema
	whole  bool
	object bool
	out    []mutation
}

// keep writes the documents as they are now.
func (m *mutator) keep(p lint.Path, change string) {
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	for _, d := range m.docs {
		if enc.Encode(d) != nil {
			return
		}
	}
	if enc.Close() == nil {
		m.out = append(m.out, mutation{b.String(), p.String(), change})
	}
}

// visit makes the mistakes at and below a node. Each is undone after it is
// written.
func (m *mutator) visit(n *yaml.Node, p lint.Path) {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			m.entry(n, i, p)
		}
	case yaml.SequenceNode:
		for i, item := range n.Content {
			at := slices.Clone(p).Index(i)
			m.value(item, at)
			m.visit(item, at)
		}
	}
}

func (m *mutator) entry(n *yaml.Node, i int, p lint.Path) {
	key, at := n.Content[i], slices.Clone(p).Key(n.Content[i].Value)
	if m.object && len(p) == 0 && (key.Value == "kind" || key.Value == "apiVersion") {
		return // it would be another object
	}
	known := m.schema.At(at)
	if m.whole && known.Required {
		all := n.Content
		n.Content = slices.Concat(all[:i], all[i+2:])
		m.keep(at, "the key is dropped")
		n.Content = all
	}
	if bad := misspell(key.Value); known.Named && bad != key.Value && m.schema != nil {
		if typo := m.schema.At(slices.Clone(p).Key(bad)); !typo.Free {
			good := key.Value
			key.Value = bad
			m.keep(at, fmt.Sprintf("the key is misspelt as %s", bad))
			key.Value = good
		}
	}
	m.value(n.Content[i+1], at)
	m.visit(n.Content[i+1], at)
}

// misspell swaps the second letter and the third, or doubles the last.
func misspell(key string) string {
	if len(key) >= 4 && key[1] != key[2] {
		return key[:1] + key[2:3] + key[1:2] + key[3:]
	}
	if key == "" {
		return key
	}
	return key + key[len(key)-1:]
}

// value makes the mistakes of one value, unless any value is fine there.
func (m *mutator) value(n *yaml.Node, p lint.Path) {
	known := m.schema.At(p)
	if m.schema != nil && !known.Named || n.Kind == yaml.AliasNode || strings.Contains(n.Value, "$") || strings.Contains(n.Value, "{{") {
		return
	}
	replace := func(with *yaml.Node, change string) {
		old := *n
		*n = *with
		m.keep(p, change)
		*n = old
	}
	text := func(s string) *yaml.Node {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s, Style: yaml.DoubleQuotedStyle, Anchor: n.Anchor}
	}
	switch n.Kind {
	case yaml.MappingNode:
		replace(text("mutant"), "the mapping becomes a string")
	case yaml.SequenceNode:
		replace(text("mutant"), "the list becomes a string")
	case yaml.ScalarNode:
		if n.Tag == "!!null" {
			return
		}
		replace(&yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: []*yaml.Node{text("mutant")}, Anchor: n.Anchor}, "the value becomes a list")
		switch {
		case n.Tag == "!!bool" || n.Tag == "!!int" || n.Tag == "!!float":
			replace(text(n.Value), fmt.Sprintf("%s is quoted", n.Value))
		case n.Tag == "!!str" && n.Value != "" && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0:
			replace(text(""), fmt.Sprintf("%q becomes empty", n.Value))
			if len(known.Words) > 1 {
				replace(text(misspell(n.Value)), fmt.Sprintf("%q becomes %q", n.Value, misspell(n.Value)))
			}
		}
	}
}
