package upgrade

import (
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/changelog"
	"github.com/helmvet/helmvet/internal/extract"
	"github.com/helmvet/helmvet/internal/fix"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/redact"
	"github.com/helmvet/helmvet/internal/values"
)

// Check judges the values of a release that is to run on the new chart. Its
// layers may hold chart defaults, which are left alone. before are the values
// that ran on the old chart, nil when they are the same.
func (c *Change) Check(now, before *values.Values) []lint.Finding {
	k := &checker{Change: c, told: map[string]bool{}}
	for _, l := range now.Layers {
		if l.Kind >= values.File && l.Root != nil {
			k.layers = append(k.layers, l)
		}
	}
	if before == nil {
		before = now
	}
	for i := range k.layers {
		k.at = i
		k.keys(k.layers[i].Root, nil)
	}
	k.schema(now, before)
	k.changedDefaults(now)
	k.unread()
	if k.out == nil {
		k.out = []lint.Finding{}
	}
	return k.out
}

type checker struct {
	*Change
	layers []*values.Layer
	at     int             // the layer that is looked at
	told   map[string]bool // paths with a finding that says what to do
	out    []lint.Finding
}

func (k *checker) report(rule string, sev lint.Severity, p lint.Path, span lint.Span, format string, args ...any) *lint.Finding {
	if sev >= lint.Warning {
		k.told[p.String()] = true
	}
	k.out = append(k.out, lint.Finding{Rule: Pack + "/" + rule, Severity: sev, Path: slices.Clone(p), Span: span, Message: fmt.Sprintf(format, args...)})
	return &k.out[len(k.out)-1]
}

// covered reports whether something was said about the path or a key around it.
func (k *checker) covered(p lint.Path) bool {
	for i := range p {
		if k.told[p[:i+1].String()] {
			return true
		}
	}
	return false
}

// keys judges every key of a layer, down to the first that has a finding.
func (k *checker) keys(n *values.Node, p lint.Path) {
	for _, f := range n.Fields {
		at := p.Key(f.Key)
		if k.key(at, f) {
			continue
		}
		if f.Value.Kind == values.Map {
			k.keys(f.Value, at)
		} else if f.Value.Kind == values.List {
			k.items(f.Value, at)
		}
		k.equalsDefault(at, f.Value)
	}
}

// items looks into lists for keys that the changelog names.
func (k *checker) items(n *values.Node, p lint.Path) {
	for i, it := range n.Items {
		for _, f := range it.Fields {
			at := p.Index(i).Key(f.Key)
			if !k.announced(at, f) && f.Value.Kind == values.List {
				k.items(f.Value, at)
			}
		}
	}
}

// key judges one key; it reports whether nothing is left to say of what lies
// below.
func (k *checker) key(p lint.Path, f *values.Field) bool {
	if k.announced(p, f) {
		return true
	}
	if k.old == nil || k.new == nil {
		return false
	}
	if k.retyped(p, f) {
		return true
	}
	if where, ok := k.new.deprecated(p); ok {
		if _, before := k.old.deprecated(p); !before {
			r := k.report("deprecated-key", lint.Warning, p, f.KeySpan, "%s is deprecated in %s; look up what takes its place", quote(p), k.target())
			r.Related = []lint.Related{{Span: where, Message: "the chart says so here"}}
			return true
		}
	}
	if !k.old.documents(p) || k.new.takes(p) {
		return false
	}
	k.gone(p, f, nil)
	return true
}

// announced reports what the changelog says of a key.
func (k *checker) announced(p lint.Path, f *values.Field) bool {
	if e := k.said(p, changelog.Removed, changelog.Renamed, changelog.Moved); e != nil && !k.still(p) {
		k.gone(p, f, e)
		return true
	}
	if e := k.said(p, changelog.Deprecated); e != nil {
		if k.old != nil && k.from == k.to {
			return false
		}
		instead := "look up what takes its place"
		if e.Replacement != "" {
			instead = fmt.Sprintf("use %s", quote(e.Instead))
		}
		r := k.report("deprecated-key", lint.Warning, p, f.KeySpan, "%s is deprecated (%s); %s", quote(p), k.source(e), instead)
		r.Related = k.place(e)
		if e.Replacement != "" && k.new != nil && k.new.documents(e.Instead) {
			r.Fix = k.move(p, e.Instead)
		}
		return true
	}
	if e := k.said(p, changelog.Changed); e != nil {
		r := k.report("changed-key", lint.Warning, p, f.KeySpan, "%s has changed (%s); compare its value with the changelog: %s", quote(p), k.source(e), short(e.Text, 120))
		r.Related = k.place(e)
		return true
	}
	return false
}

// still reports whether the new chart has a default or a schema for a key that
// its changelog calls removed: then it was another key, or it came back.
func (k *checker) still(p lint.Path) bool { return k.new != nil && k.new.documents(p) }

// gone reports a key that the new chart no longer has.
func (k *checker) gone(p lint.Path, f *values.Field, e *changelog.Entry) {
	to := lint.Path(nil)
	if e != nil {
		to = e.Instead
		if to != nil && k.new != nil && !k.new.takes(to) {
			to = nil
		}
	} else {
		to = k.notes.of(p)
	}
	if to == nil && k.inside(p, f, e) {
		return
	}
	by, related := "", []lint.Related(nil)
	if e != nil {
		by, related = fmt.Sprintf(" (%s)", k.source(e)), k.place(e)
	}
	if k.old != nil {
		if s, ok := k.old.defaults.Locate(p); ok && !s.IsZero() {
			related = append(related, lint.Related{Path: p, Span: k.old.defaults.LocateKey(p), Message: "its default in " + k.old.name()})
		}
	}
	if to != nil {
		k.renamed(p, to, f, by, related)
		return
	}
	empty := f.Value.Kind == values.Null || f.Value.Kind == values.Map && len(f.Value.Fields) == 0
	sev, then := lint.Error, "delete it, for it has no effect any more"
	if empty {
		sev, then = lint.Warning, "delete what is left of it"
	}
	what := "does not have"
	if k.old != nil || e != nil {
		what = "no longer has"
	}
	if k.subchart(p) {
		what = "no longer has the subchart"
	}
	if k.notes != nil && e == nil && !empty {
		if maybe := k.notes.maybe(p); maybe != "" {
			then = fmt.Sprintf("did you mean %q, which is new? otherwise delete it", maybe)
		}
	}
	r := k.report("removed-key", sev, p, f.KeySpan, "%s %s %s%s; %s", k.target(), what, quote(p), by, then)
	r.Related = related
	r.Fix = k.remove(p)
}

// inside reports keys below a mapping that is gone one by one, where it is
// certain that one of them lives on elsewhere. e is what the changelog says of
// the mapping, if anything.
func (k *checker) inside(p lint.Path, f *values.Field, e *changelog.Entry) bool {
	if f.Value.Kind != values.Map || !slices.ContainsFunc(f.Value.Fields, func(g *values.Field) bool { return k.lives(p.Key(g.Key), g.Value) }) {
		return false
	}
	for _, g := range f.Value.Fields {
		at, by := p.Key(g.Key), e
		if k.announced(at, g) {
			continue
		}
		if k.went(at) != nil {
			by = nil
		}
		k.gone(at, g, by)
	}
	return true
}

// lives reports whether a key that is gone, or one below it, is certain to live
// on elsewhere: the changelog says where, or the defaults of both charts do.
func (k *checker) lives(p lint.Path, n *values.Node) bool {
	if e := k.said(p, changelog.Removed, changelog.Renamed, changelog.Moved); e != nil && e.Instead != nil && (k.new == nil || k.new.takes(e.Instead)) {
		return true
	}
	return k.went(p) != nil || n.Kind == values.Map && slices.ContainsFunc(n.Fields, func(g *values.Field) bool { return k.lives(p.Key(g.Key), g.Value) })
}

// went is where the defaults of both charts say that a key went.
func (k *checker) went(p lint.Path) lint.Path {
	if k.notes == nil {
		return nil
	}
	return k.notes.of(p)
}

// subchart reports whether the path is that of a chart which is gone.
func (k *checker) subchart(p lint.Path) bool {
	if k.old == nil {
		return false
	}
	return slices.ContainsFunc(k.old.parts, func(q part) bool { return len(q.path) > 0 && q.path.Equal(p) })
}

// renamed reports a key that has another name, or stands elsewhere.
func (k *checker) renamed(p, to lint.Path, f *values.Field, by string, related []lint.Related) {
	rule, said, then := "moved-key", "has moved to", "move the value there"
	if p.Parent().Equal(to.Parent()) {
		rule, said, then = "renamed-key", "is now called", "rename it"
	}
	set := slices.ContainsFunc(k.layers, func(l *values.Layer) bool { return l.Root.Lookup(to) != nil })
	if set {
		then = "which is set, too; delete the old key"
	}
	if k.new != nil {
		if s, ok := k.new.defaults.Locate(to); ok && !s.IsZero() {
			related = append(related, lint.Related{Path: to, Span: k.new.defaults.LocateKey(to), Message: "its default in " + k.new.name()})
		}
	}
	sep := "; "
	if set {
		sep = ", "
	}
	r := k.report(rule, lint.Error, p, f.KeySpan, "%s %s %s in %s%s%s%s", quote(p), said, quote(to), k.target(), by, sep, then)
	r.Related = related
	if set {
		r.Fix = k.remove(p)
	} else {
		r.Fix = k.move(p, to)
	}
}

func (k *checker) remove(p lint.Path) *lint.Fix {
	d := k.document()
	if d == nil {
		return nil
	}
	edits, err := fix.Remove(d, p, k.keep)
	if err != nil {
		return nil
	}
	return &lint.Fix{Description: "remove " + p.String(), Edits: edits}
}

func (k *checker) move(p, to lint.Path) *lint.Fix {
	d := k.document()
	if d == nil {
		return nil
	}
	edits, err := fix.Move(d, p, to, k.keep)
	if err != nil {
		return nil
	}
	verb := "move"
	if p.Parent().Equal(to.Parent()) {
		verb = "rename"
	}
	return &lint.Fix{Description: fmt.Sprintf("%s %s to %s", verb, p, to), Edits: edits}
}

// document is the file that the layer is, nil when it is none that can be
// edited.
func (k *checker) document() *values.Document {
	l := k.layers[k.at]
	if l.Kind != values.File || l.Doc == nil || l.Name != l.Doc.Name || len(l.Doc.Roots) == 0 || extract.IsOutput(l.Doc.Data) {
		return nil
	}
	if l.Root.Span != l.Doc.Values().Span {
		return nil // it stands inside another document
	}
	if l.Doc.Replaced > 0 { // edits go into the text as it is written
		return values.Parse(l.Doc.Name, l.Doc.Data, values.DefaultLimits)
	}
	return l.Doc
}

// keep reports whether an empty mapping has to stay, because without it a lower
// layer's value would show that is none.
func (k *checker) keep(p lint.Path) bool {
	other := func(n *values.Node) bool {
		m := n.Lookup(p)
		return m != nil && m.Kind != values.Map && m.Kind != values.Null
	}
	for _, l := range k.layers[:k.at] {
		if other(l.Root) {
			return true
		}
	}
	return k.new != nil && other(k.new.defaults)
}

// retyped reports a value of the kind that the old chart had, where the new one
// wants another.
func (k *checker) retyped(p lint.Path, f *values.Field) bool {
	old, now := k.old.defaults.Lookup(p), k.new.defaults.Lookup(p)
	if old == nil || now == nil || old.Kind == now.Kind || f.Value.Kind == now.Kind || f.Value.Kind != old.Kind || f.Value.Unknown() {
		return false
	}
	for _, n := range []*values.Node{old, now, f.Value} {
		if n.Kind == values.Null {
			return false
		}
	}
	if m := k.schemaTakes(p, f.Value); m {
		return false
	}
	sev := lint.Error
	if textual(old.Kind) && textual(now.Kind) {
		sev = lint.Warning // templates print both alike
	}
	r := k.report("retyped-key", sev, p, f.Value.Span, "%s is %s, but %s wants %s", quote(p), described(p, f.Value), k.target(), wanted(p, now))
	if r.Span.IsZero() {
		r.Span = f.KeySpan
	}
	r.Related = []lint.Related{
		{Path: p, Span: k.new.defaults.LocateKey(p), Message: "the new default"},
		{Path: p, Span: k.old.defaults.LocateKey(p), Message: "the old default was " + old.Kind.String()},
	}
	return true
}

// textual are the kinds that a template prints in the same way.
func textual(kind values.Kind) bool { return kind == values.String || kind == values.Number }

// equalsDefault reports a value that the new chart has as its default.
func (k *checker) equalsDefault(p lint.Path, n *values.Node) {
	if k.new == nil || n.Kind == values.Map || n.Kind == values.Null || n.Unknown() {
		return
	}
	now := k.new.defaults.Lookup(p)
	if now == nil || !reflect.DeepEqual(now.Any(), n.Any()) {
		return
	}
	if k.old != nil {
		if old := k.old.defaults.Lookup(p); old == nil || reflect.DeepEqual(old.Any(), n.Any()) {
			return // no news
		}
	}
	set := 0
	for _, l := range k.layers {
		if l.Root.Lookup(p) != nil {
			set++
		}
	}
	if set > 1 {
		return // it may be there to override the other
	}
	r := k.report(path.Base(RepeatedDefault), lint.Info, p, n.Span, "%s is the default of %s, too; delete it, unless it should stay when the default changes", quote(p), k.target())
	r.Related = []lint.Related{{Path: p, Span: k.new.defaults.LocateKey(p), Message: "the default"}}
}

// changedDefaults reports defaults that change below the user's feet.
func (k *checker) changedDefaults(now *values.Values) {
	if k.old == nil || k.new == nil {
		return
	}
	active := k.coalesced(k.new, now).Values.Root
	leaves(k.new.defaults, nil, func(p lint.Path, n *values.Node) {
		old := k.old.defaults.Lookup(p)
		if len(p) == 0 || old == nil || reflect.DeepEqual(old.Any(), n.Any()) || p[0].Key == "global" {
			return
		}
		at := active.Lookup(p)
		if at == nil || k.set(p) || k.mapped(p) || old.Kind == values.Map && len(old.Fields) > 0 && n.Kind == values.Map {
			return
		}
		r := k.report("changed-default", lint.Info, p, k.new.defaults.LocateKey(p), "default of %s changes from %s to %s, and the values do not set it", quote(p), show(p, old), show(p, n))
		if n.Span.File == r.Span.File && !n.Span.IsZero() {
			r.Span = n.Span
		}
		r.Related = []lint.Related{{Path: p, Span: k.old.defaults.LocateKey(p), Message: "the old default"}}
	})
}

// set reports whether a layer sets the path, or something that is no mapping
// around it.
func (k *checker) set(p lint.Path) bool {
	for _, l := range k.layers {
		n := l.Root
		for _, s := range p {
			f := n.Get(s.Key)
			if f == nil {
				n = nil
				break
			}
			if n = f.Value; n.Kind != values.Map {
				break
			}
		}
		if n != nil {
			return true
		}
	}
	return false
}

// mapped reports whether the default is a globally handed-down copy in a
// subchart.
func (k *checker) mapped(p lint.Path) bool {
	return slices.ContainsFunc(p, func(s lint.Step) bool { return s.Key == "global" })
}

// coalesced is what Helm makes of the values and the chart.
func (k *checker) coalesced(s *side, v *values.Values) *values.Coalesced {
	user := &values.Values{Root: &values.Node{Kind: values.Map}}
	var layers []*values.Layer
	for _, l := range v.Layers {
		if l.Kind >= values.File && l.Root != nil {
			layers = append(layers, l)
		}
	}
	if len(layers) > 0 {
		user = values.MergeFiles(layers...)
	}
	return values.CoalesceChart(s.tree, user, k.profile)
}

// unread reports parts of the changelog that name no key.
func (k *checker) unread() {
	if k.log == nil {
		return
	}
	for _, u := range k.log.Unread {
		span := lint.Span{File: k.log.Name, Line: u.Line, Column: 1, EndLine: u.Line, EndCol: 2}
		k.report("changelog-unread", lint.Info, nil, span, "%q announces keys that were %s, but none can be read below it; compare this part with the values by hand", short(u.Text, 100), u.Section)
	}
}

// described is a value with its kind.
func described(p lint.Path, n *values.Node) string {
	if n.Kind == values.Map || n.Kind == values.List {
		return n.Kind.String()
	}
	return show(p, n) + ", " + n.Kind.String()
}

// wanted says what a default value shows how to write.
func wanted(p lint.Path, n *values.Node) string {
	switch n.Kind {
	case values.Map:
		var keys []string
		for _, f := range n.Fields {
			keys = append(keys, f.Key)
		}
		if len(keys) == 0 || len(keys) > 6 {
			return n.Kind.String()
		}
		return "a mapping with " + strings.Join(keys, ", ")
	case values.List:
		return n.Kind.String()
	}
	return n.Kind.String() + " such as its default " + show(p, n)
}

// show writes a default value, unless it may be a secret.
func show(p lint.Path, n *values.Node) string {
	switch n.Kind {
	case values.Null:
		return "null"
	case values.Map:
		if len(n.Fields) == 0 {
			return "{}"
		}
		return "a mapping"
	case values.List:
		if len(n.Items) == 0 {
			return "[]"
		}
		return fmt.Sprintf("a list of %d", len(n.Items))
	case values.String:
		if redact.IsSecretKey(p.Last().Key) && n.Str != "" {
			return "a secret"
		}
		if strings.Contains(n.Str, "\n") {
			return "a text of several lines"
		}
		return fmt.Sprintf("%q", redact.Text(short(n.Str, 60)))
	}
	return n.Text
}

func quote(p lint.Path) string { return fmt.Sprintf("%q", p.String()) }
