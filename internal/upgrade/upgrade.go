// Package upgrade judges the values of a release against the chart of another
// version: keys that were removed, renamed, moved or deprecated, values whose
// kind changed, required keys that are new, defaults that changed, and schemas
// that became tighter. It knows what the charts' values, schemas and templates
// say, and the changelog.
package upgrade

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/helmvet/helmvet/internal/changelog"
	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// Change is what lies between two versions of a chart. It may serve many
// releases at once.
type Change struct {
	profile  values.Profile
	old, new *side // nil where the chart is not known
	from, to string
	log      *changelog.Log // nil when there is none; only what lies between
	notes    *renames       // nil unless both charts are known
}

// Options say what is known of a change. All of it may be absent.
type Options struct {
	From, To               *chart.Chart
	FromVersion, ToVersion string         // where the charts do not tell
	Log                    *changelog.Log // otherwise that of the new chart
	Profile                values.Profile
}

// New compares the charts. It fails when the annotation of the new chart that
// lists changes cannot be read, or the values.yaml of a chart cannot.
func New(o Options) (*Change, error) {
	c := &Change{profile: o.Profile, from: o.FromVersion, to: o.ToVersion}
	if o.From != nil {
		c.old, c.from = newSide(o.From, o.Profile), o.From.Metadata.Version
	}
	if o.To != nil {
		c.new, c.to = newSide(o.To, o.Profile), o.To.Metadata.Version
	}
	for _, s := range []*side{c.old, c.new} {
		if s != nil && len(s.problems) > 0 {
			p := s.problems[0]
			return nil, fmt.Errorf("%s:%d:%d: %s", p.Span.File, p.Span.Line, p.Span.Column, p.Message)
		}
	}
	if err := c.readLog(o); err != nil {
		return nil, err
	}
	if c.old != nil && c.new != nil {
		c.notes = newRenames(c.old, c.new)
	}
	return c, nil
}

func (c *Change) readLog(o Options) error {
	all := o.Log
	if all == nil && o.To != nil && o.To.Changelog != nil {
		all = changelog.Parse(o.To.Changelog.Name, o.To.Changelog.Data)
	}
	if all != nil {
		c.log = all.Since(c.from, c.to)
	}
	if o.To == nil || o.To.Metadata.Annotations[changelog.Annotation] == "" || c.from == c.to {
		return nil
	}
	file := o.To.Manifest.Name
	more, err := changelog.ParseAnnotation(file, c.to, o.To.Metadata.Annotations[changelog.Annotation])
	if err != nil {
		return fmt.Errorf("%s: annotation %s is no list of changes: %w", file, changelog.Annotation, err)
	}
	if c.log == nil {
		c.log = &changelog.Log{Name: file}
	}
	for _, e := range more.Entries {
		if !slices.ContainsFunc(c.log.Entries, func(f changelog.Entry) bool { return f.Section == e.Section && f.Path.Equal(e.Path) }) {
			c.log.Entries = append(c.log.Entries, e)
		}
	}
	return nil
}

// Input is what rules see as input.change; what is not known is absent.
func (c *Change) Input() map[string]any {
	out := map[string]any{}
	if c.from != "" {
		out["from"] = c.from
	}
	if c.to != "" {
		out["to"] = c.to
	}
	log := map[string]any{"given": c.log != nil, "entries": []any{}, "unread": []any{}}
	if c.log != nil {
		var entries, unread []any
		for _, e := range c.log.Entries {
			m := map[string]any{"section": string(e.Section), "key": e.Path.String(), "text": e.Text, "line": e.Line}
			put(m, "version", e.Version)
			put(m, "replacement", e.Replacement)
			entries = append(entries, m)
		}
		for _, u := range c.log.Unread {
			m := map[string]any{"section": string(u.Section), "text": u.Text, "line": u.Line}
			put(m, "version", u.Version)
			unread = append(unread, m)
		}
		log["name"] = c.log.Name
		if entries != nil {
			log["entries"] = entries
		}
		if unread != nil {
			log["unread"] = unread
		}
	}
	out["changelog"] = log
	if c.old != nil {
		out["old_defaults"] = c.old.defaults.Any()
	}
	if c.new != nil {
		out["new_defaults"] = c.new.defaults.Any()
	}
	return out
}

func put(m map[string]any, key, s string) {
	if s != "" {
		m[key] = s
	}
}

// target names the new chart in messages.
func (c *Change) target() string {
	switch {
	case c.new != nil:
		return c.new.name()
	case c.to != "":
		return "the chart " + c.to
	}
	return "the new chart"
}

// said is what the changelog says of a path, or of a key around it.
func (c *Change) said(p lint.Path, secs ...changelog.Section) *changelog.Entry {
	if c.log == nil {
		return nil
	}
	for i := range c.log.Entries {
		e := &c.log.Entries[i]
		if p.Equal(e.Path) && slices.Contains(secs, e.Section) {
			return e
		}
	}
	return nil
}

// source names an entry in messages.
func (c *Change) source(e *changelog.Entry) string {
	return fmt.Sprintf("%s, version %s", filepath.Base(c.log.Name), cmp.Or(e.Version, "unreleased"))
}

// place is where the changelog says it.
func (c *Change) place(e *changelog.Entry) []lint.Related {
	if e.Line == 0 {
		return nil
	}
	s := lint.Span{File: c.log.Name, Line: e.Line, Column: 1, EndLine: e.Line, EndCol: 2}
	return []lint.Related{{Span: s, Message: fmt.Sprintf("the changelog says: %s", short(e.Text, 100))}}
}

// short cuts a text to a length that fits in a message.
func short(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// Chart is the new chart, nil where it is not known.
func (c *Change) Chart() *chart.Chart {
	if c.new == nil {
		return nil
	}
	return c.new.chart
}

// Documents are the texts that findings may point at beside the user's values:
// the default values of the new chart and the changelog.
func (c *Change) Documents() []*values.Document {
	var out []*values.Document
	if c.new != nil {
		for _, q := range c.new.parts {
			if q.chart.Values != nil {
				out = append(out, q.chart.Values)
			}
		}
	}
	if c.log != nil && c.log.Data != nil {
		out = append(out, values.Parse(c.log.Name, c.log.Data, values.DefaultLimits))
	}
	return out
}
