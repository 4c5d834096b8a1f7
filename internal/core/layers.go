package core

import (
	"fmt"
	"slices"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/redact"
	"github.com/helmvet/helmvet/internal/values"
)

// CheckLayers judges what layering loses, and which placeholders are left in
// the merged values. It never fails; findings come sorted.
func CheckLayers(v *values.Values, o Options) []lint.Finding {
	if v == nil || v.Root == nil {
		return nil
	}
	m := merged{opt: o}
	m.value(v.Root, nil)
	m.out = append(m.out, m.variables.findings(lint.Warning, o.Final)...)
	return lint.Sort(m.out)
}

type merged struct {
	opt       Options
	path      lint.Path
	out       []lint.Finding
	variables variables
}

func (m *merged) value(n, parent *values.Node) {
	m.shadows(n)
	for _, p := range n.Parts {
		if p != n {
			m.shadows(p)
		}
	}
	switch n.Kind {
	case values.Map:
		for _, f := range n.Fields {
			m.path = append(m.path, lint.Step{Key: f.Key})
			m.value(f.Value, n)
			m.path = m.path[:len(m.path)-1]
		}
	case values.List:
		for i, it := range n.Items {
			m.path = append(m.path, lint.Step{Index: i, IsIndex: true})
			m.value(it, n)
			m.path = m.path[:len(m.path)-1]
		}
	case values.String:
		if isDefault(n.Layer) || n.Layer == nil && n.Span.IsZero() {
			return
		}
		if e := n.Embedded(); e != nil {
			m.value(e, nil)
			return
		}
		c := checker{path: m.path, opt: m.opt}
		m.variables.add(&c, n, parent)
	}
}

// isDefault reports whether a layer comes with the chart, so that replacing
// what it says is what values are for.
func isDefault(l *values.Layer) bool {
	return l != nil && (l.Kind == values.ChartDefaults || l.Kind == values.SubchartDefaults)
}

// shadows compares n with the nearest value that it replaced.
func (m *merged) shadows(n *values.Node) {
	if len(n.Shadows) == 0 || len(m.path) == 0 {
		return
	}
	old := n.Shadows[0]
	before, after := structure(old), structure(n)
	switch {
	case isText(n) || isText(old):
		return // text over text, or text that templates turn into anything
	case before.Kind == values.Map && after.Kind == values.Null:
		m.nullMap(n, old, before)
	case before.Kind == values.Map && after.Kind == values.Map:
		if n.Kind == values.String || old.Kind == values.String {
			m.textReplaced(n, old, before, after)
		}
	case before.Kind == values.Map:
		m.mapLost(n, old, before)
	case after.Kind == values.Map:
		m.mapGained(n, old, before)
	case before.Kind == values.List:
		m.listReplaced(n, old, before, after)
	}
}

// isText reports whether a string of several lines holds no YAML, or YAML only
// after its templates have run.
func isText(n *values.Node) bool {
	return n.Kind == values.String && n.Embedded() == nil && (n.Unknown() || len(n.Str) > 0 && n.Style == values.Literal)
}

func (m *merged) report(rule string, sev lint.Severity, n, old *values.Node, note, format string, args ...any) {
	path := append(lint.Path(nil), m.path...)
	f := lint.Finding{Rule: "core/" + rule, Severity: sev, Path: path, Span: n.Span, Message: fmt.Sprintf(format, args...)}
	if !old.Span.IsZero() {
		f.Related = []lint.Related{{Path: path, Span: old.Span, Message: note}}
	}
	m.out = append(m.out, f)
}

func layerName(n *values.Node) string {
	l := n.Layer
	switch {
	case l == nil:
		if n.Span.File != "" {
			return n.Span.File
		}
		return "an earlier layer"
	case l.Kind == values.File || l.Name != "" && isDefault(l):
		return l.Name
	}
	return l.Kind.Flag()
}

// severity is that of a loss which is a mistake between the user's own files,
// and the purpose of values when it changes a default.
func severity(old *values.Node) lint.Severity {
	if isDefault(old.Layer) {
		return lint.Info
	}
	return lint.Warning
}

func (m *merged) key() string { return nameFor(m.path, nil) }

func (m *merged) nullMap(n, old, before *values.Node) {
	if len(before.Fields) == 0 {
		return
	}
	if n.Text != "" { // `null` was written, so it was meant
		m.report("null-map", lint.Info, n, old, "deleted", "null deletes %s of %s, with %s; leave the key out to keep it", m.key(), layerName(old), keyList(before))
		return
	}
	m.report("null-map", lint.Warning, n, old, "deleted", "%s is empty, which is null and deletes %s with %s; leave the key out, or write null if you mean it", m.key(), theOf(old), keyList(before))
}

func theOf(old *values.Node) string { return "the mapping of " + layerName(old) }

func (m *merged) mapLost(n, old, before *values.Node) {
	if len(before.Fields) == 0 {
		return
	}
	sev := severity(old)
	if sev == lint.Info && (n.Kind == values.Bool || n.Kind == values.List && len(n.Items) == 0) {
		sev = lint.Warning // Helm itself warns of "not a table" here
	}
	m.report("map-replaced", sev, n, old, "replaced", "%s replaces the mapping of %s and drops %s; write a mapping", kindOf(n), layerName(old), keyList(before))
}

func (m *merged) mapGained(n, old, before *values.Node) {
	if before.Kind == values.Null || before.Kind == values.String && before.Str == "" || before.Kind == values.List && len(before.Items) == 0 {
		return
	}
	m.report("map-replaced", severity(old), n, old, "replaced", "a mapping replaces %s of %s; check which of the two %s takes", kindOf(old), layerName(old), m.key())
}

// textReplaced is about two block strings that hold mappings: strings do not merge.
func (m *merged) textReplaced(n, old, before, after *values.Node) {
	var gone []string
	for _, f := range before.Fields {
		if after.Get(f.Key) == nil {
			gone = append(gone, f.Key)
		}
	}
	if len(gone) == 0 || isDefault(old.Layer) && len(gone) == len(before.Fields) {
		return // of a default that nothing is kept of, nothing was wanted
	}
	if n.Kind == values.String {
		m.report("map-replaced", severity(old), n, old, "replaced", "%s is a block string, which replaces that of %s as a whole and drops the keys %s; repeat them here", m.key(), layerName(old), enumerate(gone))
		return
	}
	m.report("map-replaced", severity(old), n, old, "replaced", "a mapping does not merge with the block string of %s: %s replaces it as a whole and drops the keys %s; repeat them here", layerName(old), m.key(), enumerate(gone))
}

func kindOf(n *values.Node) string {
	switch n.Kind {
	case values.List:
		if len(n.Items) == 0 {
			return "an empty list"
		}
		return "a list"
	case values.Bool:
		return fmt.Sprintf("the boolean %t", n.Bool)
	case values.Number:
		return "a number"
	case values.Null:
		return "null"
	}
	return "a string"
}

func (m *merged) listReplaced(n, old, before, after *values.Node) {
	gone := missingItems(before, after)
	if len(gone) == 0 || isDefault(old.Layer) && !sharesItem(before, after) {
		return // of a default that nothing is kept of, nothing was wanted
	}
	if after.Kind == values.Null && n.Text != "" || after.Kind == values.List && len(after.Items) == 0 {
		m.report("list-replaced", lint.Info, n, old, "cleared", "%s of %s is cleared, and the items %s are gone; leave the key out to keep them", m.key(), layerName(old), enumerate(gone))
		return
	}
	m.report("list-replaced", severity(old), n, old, "replaced", "lists do not merge: %s replaces the list of %s and drops %s; repeat here what is still wanted", m.key(), layerName(old), enumerate(gone))
}

// sharesItem reports whether a list has an item of the name of one of another.
func sharesItem(before, after *values.Node) bool {
	return after.Kind == values.List && slices.ContainsFunc(after.Items, func(a *values.Node) bool {
		name := itemName(a)
		return name != "" && slices.ContainsFunc(before.Items, func(b *values.Node) bool { return itemName(b) == name })
	})
}

// missingItems names the items of a list that another one has no longer. Lists
// of things without a name give nothing.
func missingItems(before, after *values.Node) []string {
	left := map[string]int{}
	mounts := map[string]bool{}
	if after.Kind == values.List {
		for _, it := range after.Items {
			if name := itemName(it); name != "" {
				left[name]++
				mounts[name+"\x00"+mountOf(it)] = true
			}
		}
	}
	count := map[string]int{}
	for _, it := range before.Items {
		count[itemName(it)]++
	}
	var gone []string
	seen := map[string]bool{}
	for _, it := range before.Items {
		name := itemName(it)
		switch {
		case name == "" || seen[name] && left[name] == 0:
			continue
		case left[name] == 0:
			gone = append(gone, name)
		case left[name] < count[name] && mountOf(it) != "" && !mounts[name+"\x00"+mountOf(it)]:
			gone = append(gone, name+" at "+mountOf(it))
		}
		seen[name] = true
	}
	return gone
}

func itemName(n *values.Node) string {
	for _, k := range [...]string{"name", "key", "id", "host", "secretName"} {
		if f := n.Get(k); f != nil && f.Value.Kind == values.String && f.Value.Str != "" && !redact.HasPassword(f.Value.Str) {
			return f.Value.Str
		}
	}
	return ""
}

func mountOf(n *values.Node) string {
	if f := n.Get("mountPath"); f != nil && f.Value.Kind == values.String {
		return f.Value.Str
	}
	return ""
}
