package pack

import (
	"fmt"
	"strings"

	"github.com/helmvet/helmvet/internal/cuecheck"
)

// Form is what a JSON Schema of values is for.
type Form string

// The forms.
const (
	Overlay Form = "overlay" // one values file among several, as an editor sees it
	Merged  Form = "merged"  // what the chart receives
)

// Forms lists the forms.
var Forms = []Form{Overlay, Merged}

// SchemaFile is the name under which a pack's JSON Schema (draft-07) is
// published.
func SchemaFile(pack string, form Form) string { return fmt.Sprintf("%s.%s.schema.json", pack, form) }

// schemaBase is where published schemas lie.
const schemaBase = "https://raw.githubusercontent.com/helmvet/helmvet/main/schema/json/"

// JSONSchema writes the JSON Schema of the pack's values: the same bytes for the
// same pack. It fails for a pack that judges no values.
func (p *Pack) JSONSchema(form Form, draft2020 bool) ([]byte, error) {
	s, err := p.Schema()
	if err != nil {
		return nil, err
	}
	facts, err := p.Facts()
	if err != nil {
		return nil, err
	}
	byID := make(map[string]Fact, len(facts))
	for _, f := range facts {
		byID[f.ID] = f
	}
	o := cuecheck.Export{
		Overlay: form == Overlay, Draft2020: draft2020, Title: p.Title,
		Source: func(ids []string) string {
			var lines []string
			for _, id := range ids {
				if f, ok := byID[id]; ok {
					lines = append(lines, fmt.Sprintf("- %s: %s (%s, %s)", id, f.Title, f.Source.Document, f.Source.Section))
				}
			}
			return strings.Join(lines, "\n")
		},
	}
	if p.Builtin && !draft2020 {
		o.ID = schemaBase + SchemaFile(p.Name, form)
	}
	text, _, err := s.JSONSchema(o)
	if err != nil {
		return nil, fmt.Errorf("pack %s: %w", p.Name, err)
	}
	return text, nil
}

// HasValues reports whether the pack has a schema of values.
func (p *Pack) HasValues() (bool, error) {
	s, err := p.Schema()
	return s != nil && s.HasValues(), err
}
