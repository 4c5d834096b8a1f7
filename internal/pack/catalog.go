package pack

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/regocheck"
	"golang.org/x/tools/txtar"
	"sigs.k8s.io/yaml"
)

// Fact is one documented statement of a pack's catalog.
type Fact struct {
	ID        string      `json:"id"`
	Title     string      `json:"title"`
	Scope     string      `json:"scope"`
	Source    lint.Source `json:"source"`
	Unchecked string      `json:"unchecked,omitempty"` // why no static check can decide it
	Rules     []string    `json:"rules,omitempty"`     // filled in by Catalog
}

// Catalog is every rule and every fact of some packs.
type Catalog struct {
	Rules []lint.Rule // sorted by id
	Facts []Fact      // sorted by id
}

// NewCatalog collects the rules and facts of the coded and the given packs. It
// fails on a rule without words and on a rule that cites a fact no pack has.
func NewCatalog(packs []*Pack) (*Catalog, error) {
	c := &Catalog{Rules: CodedRules()}
	for _, p := range packs {
		words, err := p.words()
		if err != nil {
			return nil, err
		}
		for _, r := range words {
			c.Rules = append(c.Rules, r)
		}
		facts, err := p.Facts()
		if err != nil {
			return nil, err
		}
		c.Facts = append(c.Facts, facts...)
	}
	slices.SortFunc(c.Rules, func(a, b lint.Rule) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(c.Facts, func(a, b Fact) int { return strings.Compare(a.ID, b.ID) })
	return c, c.link(packs)
}

// link tells each fact the rules that serve it.
func (c *Catalog) link(packs []*Pack) error {
	index := make(map[string]int, len(c.Facts))
	for i, f := range c.Facts {
		if _, twice := index[f.ID]; twice {
			return fmt.Errorf("fact %s is listed twice", f.ID)
		}
		index[f.ID] = i
	}
	serve := func(rule, fact string) error {
		i, ok := index[fact]
		if !ok {
			return fmt.Errorf("rule %s cites %s, which no pack's facts.yaml lists", rule, fact)
		}
		if !slices.Contains(c.Facts[i].Rules, rule) {
			c.Facts[i].Rules = append(c.Facts[i].Rules, rule)
		}
		return nil
	}
	for i := range c.Rules {
		for _, f := range c.Rules[i].Facts {
			if err := serve(c.Rules[i].ID, f); err != nil {
				return err
			}
		}
	}
	for _, p := range packs {
		for rule, cite := range p.Cites {
			for _, f := range cite.Facts {
				if err := serve(rule, f); err != nil {
					return err
				}
			}
		}
	}
	for i := range c.Facts {
		slices.Sort(c.Facts[i].Rules)
	}
	return nil
}

// Rule returns the rule of that id.
func (c *Catalog) Rule(id string) (lint.Rule, bool) {
	i, ok := slices.BinarySearchFunc(c.Rules, id, func(r lint.Rule, id string) int { return strings.Compare(r.ID, id) })
	if !ok {
		return lint.Rule{}, false
	}
	return c.Rules[i], true
}

// Fact returns the fact of that id.
func (c *Catalog) Fact(id string) (Fact, bool) {
	for _, f := range c.Facts {
		if strings.EqualFold(f.ID, id) {
			return f, true
		}
	}
	return Fact{}, false
}

// Facts reads the pack's facts.yaml; a pack without one has no facts.
func (p *Pack) Facts() ([]Fact, error) {
	if p.SchemaFS == nil {
		return nil, nil
	}
	data, err := fs.ReadFile(p.SchemaFS, "facts.yaml")
	if err != nil {
		return nil, nil //nolint:nilerr // the file is optional
	}
	var facts []Fact
	if err := yaml.UnmarshalStrict(data, &facts); err != nil {
		return nil, fmt.Errorf("pack %s: facts.yaml: %w", p.Name, err)
	}
	return facts, nil
}

// Rule returns the words of one of the pack's rules.
func (p *Pack) Rule(id string) (lint.Rule, bool, error) {
	words, err := p.words()
	if err != nil {
		return lint.Rule{}, false, err
	}
	r, ok := words[id]
	return r, ok, nil
}

// RuleIDs lists the pack's rules, sorted.
func (p *Pack) RuleIDs() ([]string, error) {
	words, err := p.words()
	if err != nil {
		return nil, err
	}
	return slices.Sorted(maps.Keys(words)), nil
}

func (p *Pack) loadWords() (map[string]lint.Rule, error) {
	out := map[string]lint.Rule{}
	if p.SchemaFS != nil {
		rules, err := cuecheck.Rules(p.Name, p.SchemaFS)
		if err != nil {
			return nil, err
		}
		for _, r := range rules {
			name := strings.TrimPrefix(r.ID, p.Name+"/")
			if r.Examples, err = examples(p.SchemaFS, path.Join("examples", name+".txtar")); err != nil {
				return nil, err
			}
			out[r.ID] = r
		}
	}
	if src, ok := p.Policies(); ok {
		rules, err := regocheck.Describe(src)
		if err != nil {
			return nil, err
		}
		for _, r := range rules {
			name := strings.TrimPrefix(r.ID, p.Name+"/")
			if r.Examples, err = examples(p.PolicyFS, path.Join(name, "examples.txtar")); err != nil {
				return nil, err
			}
			if _, twice := out[r.ID]; twice {
				return nil, fmt.Errorf("rule %s is defined in the schema and in the policies; keep one", r.ID)
			}
			out[r.ID] = r
		}
	}
	return out, nil
}

// examples reads the fragments of a rule: good/NAME.yaml and bad/NAME.yaml.
func examples(fsys fs.FS, name string) ([]lint.Example, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, nil //nolint:nilerr // the file is optional
	}
	return ParseExamples(name, data)
}

// ParseExamples reads a txtar archive of examples.
func ParseExamples(name string, data []byte) ([]lint.Example, error) {
	var out []lint.Example
	for _, f := range txtar.Parse(data).Files {
		kind, rest, ok := strings.Cut(f.Name, "/")
		if !ok || kind != "good" && kind != "bad" {
			return nil, fmt.Errorf("%s: example %q must be named good/NAME or bad/NAME", name, f.Name)
		}
		out = append(out, lint.Example{Name: rest, Kind: kind, Text: string(f.Data)})
	}
	return out, nil
}
