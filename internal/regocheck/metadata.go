package regocheck

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/open-policy-agent/opa/v1/ast"
)

// words are what a rule's METADATA says. They are read when a finding needs
// them, because reading them for every rule would cost as much as parsing it.
type words struct {
	once sync.Once
	rule lint.Rule
	sev  lint.Severity
	err  error
}

func (r *rule) describe() (lint.Rule, lint.Severity, error) {
	w := &r.words
	w.once.Do(func() { w.rule, w.sev, w.err = describe(r.id, r.files) })
	return w.rule, w.sev, w.err
}

// Describe reads the METADATA of every rule of a source, sorted by id. The
// examples of the rules are left empty. A rule without title or severity, or
// with METADATA of the wrong type, is an error that names file and line.
func Describe(s Source) ([]lint.Rule, error) {
	files, err := s.read()
	if err != nil {
		return nil, err
	}
	byID := map[string][]*file{}
	var ids []string
	for _, f := range files {
		if f.folder == libName {
			continue
		}
		id := s.Pack + "/" + f.folder
		if byID[id] == nil {
			ids = append(ids, id)
		}
		byID[id] = append(byID[id], f)
	}
	slices.Sort(ids)
	rules := make([]lint.Rule, 0, len(ids))
	for _, id := range ids {
		r, _, err := describe(id, byID[id])
		if err != nil {
			return nil, err
		}
		for _, f := range byID[id] {
			needs, err := f.needs()
			if err != nil {
				return nil, err
			}
			r.Upgrade = r.Upgrade || slices.Contains(needs, previous)
		}
		rules = append(rules, r)
	}
	return rules, nil
}

// describe takes the first file that has package METADATA.
func describe(id string, files []*file) (lint.Rule, lint.Severity, error) {
	o := ast.ParserOptions{Capabilities: capabilities(), RegoVersion: ast.RegoV1, ProcessAnnotation: true}
	for _, f := range files {
		m, err := ast.ParseModuleWithOpts(f.name, f.text, o)
		if err != nil {
			return lint.Rule{}, 0, policyErrors(err)
		}
		if m == nil {
			continue
		}
		for _, a := range m.Annotations {
			if a.Scope == "package" {
				return ruleOf(id, f.name, a)
			}
		}
	}
	return lint.Rule{}, 0, fmt.Errorf("%s:1: rule %s has no METADATA; put `# METADATA` with title, description and custom.severity above the package clause", files[0].name, id)
}

func ruleOf(id, name string, a *ast.Annotations) (lint.Rule, lint.Severity, error) {
	row := 1
	if a.Location != nil {
		row = a.Location.Row
	}
	bad := func(format string, args ...any) (lint.Rule, lint.Severity, error) {
		return lint.Rule{}, 0, fmt.Errorf("%s:%d: METADATA of rule %s: %s", name, row, id, fmt.Sprintf(format, args...))
	}
	r := lint.Rule{ID: id, Title: strings.TrimSpace(a.Title), Description: strings.TrimSpace(a.Description), Facts: []string{}, Engine: "rego"}
	if r.Title == "" {
		return bad("title is missing; write what the rule wants, as in `title: Pin the image tag`")
	}
	text := func(m map[string]any, key string) (string, bool) {
		v, ok := m[key]
		if !ok || v == nil {
			return "", true
		}
		s, ok := v.(string)
		return strings.TrimSpace(s), ok
	}
	s, ok := text(a.Custom, "severity")
	sev, err := lint.ParseSeverity(s)
	if !ok || err != nil || sev == lint.Off {
		return bad("custom.severity is %s; write error, warning or info", written(a.Custom["severity"]))
	}
	r.Severity = s
	if r.Remediation, ok = text(a.Custom, "remediation"); !ok {
		return bad("custom.remediation is %s; write a sentence", written(a.Custom["remediation"]))
	}
	if v := a.Custom["facts"]; v != nil {
		list, ok := v.([]any)
		if !ok {
			return bad("custom.facts is %s; write a list of fact ids", written(v))
		}
		for _, e := range list {
			id, ok := e.(string)
			if !ok || id == "" {
				return bad("custom.facts holds %s; write a list of fact ids", written(e))
			}
			r.Facts = append(r.Facts, id)
		}
	}
	if v := a.Custom["context"]; v != nil {
		list, ok := v.([]any)
		for _, e := range list {
			key, isText := e.(string)
			ok = ok && isText && key != ""
			r.Context = append(r.Context, key)
		}
		if !ok {
			return bad("custom.context is %s; write a list of keys of input.context, such as [platform]", written(v))
		}
	}
	if v := a.Custom["source"]; v != nil {
		m, _ := v.(map[string]any)
		var src lint.Source
		var docOK, secOK bool
		src.Document, docOK = text(m, "document")
		src.Section, secOK = text(m, "section")
		if !docOK || !secOK || src.Document == "" {
			return bad("custom.source is %s; write `source: {document: ..., section: ...}`", written(v))
		}
		r.Source = &src
	}
	return r, sev, nil
}

func written(v any) string {
	switch v := v.(type) {
	case nil:
		return "missing"
	case string:
		return fmt.Sprintf("%q", v)
	case map[string]any:
		return "a mapping without the right keys"
	case []any:
		return "a list"
	}
	return fmt.Sprint(v)
}
