package cuecheck

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// misplacedPath is one wrong path of pack.misplaced.
type misplacedPath struct {
	wrong    lint.Path
	right    []lint.Path
	hint     string
	severity lint.Severity
	facts    []string
}

// misplacedPaths reads pack.misplaced; see Misplaced.
func misplacedPaths(data any) ([]misplacedPath, error) {
	entries, ok := data.([]any)
	if !ok && data != nil {
		return nil, fmt.Errorf("pack.misplaced is no list")
	}
	var out []misplacedPath
	for i, e := range entries {
		entry, ok := e.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("pack.misplaced[%d] is no struct", i)
		}
		m := misplacedPath{severity: lint.Error, facts: texts(entry["facts"])}
		m.hint, _ = entry["hint"].(string)
		if s, ok := entry["severity"].(string); ok {
			level, err := lint.ParseSeverity(s)
			if err != nil {
				return nil, fmt.Errorf("pack.misplaced[%d]: %w", i, err)
			}
			m.severity = level
		}
		for _, r := range texts(entry["right"]) {
			p, err := lint.ParsePath(r)
			if err != nil {
				return nil, fmt.Errorf("pack.misplaced[%d], right: %w", i, err)
			}
			m.right = append(m.right, p)
		}
		if len(m.right) == 0 && m.hint == "" {
			return nil, fmt.Errorf("pack.misplaced[%d] has neither a right path nor a hint; give one", i)
		}
		wrongs := texts(entry["wrong"])
		if len(wrongs) == 0 {
			return nil, fmt.Errorf("pack.misplaced[%d] has no wrong path", i)
		}
		for _, t := range wrongs {
			p, err := lint.ParsePath(t)
			if err != nil || len(p) == 0 {
				return nil, fmt.Errorf("pack.misplaced[%d], wrong: %q is no path", i, t)
			}
			m.wrong = p
			out = append(out, m)
		}
	}
	return out, nil
}

func texts(v any) []string {
	list, _ := v.([]any)
	out := make([]string, 0, len(list))
	for _, e := range list {
		if s, ok := e.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// findMisplaced reports the entries of pack.misplaced that the values have.
// An entry inside of another one that applies says nothing new.
func (w *walker) findMisplaced() {
	type hit struct {
		m      misplacedPath
		fields []*values.Field
		nodes  []*values.Node // the mappings on the way, the last one holds the key
	}
	var hits []hit
	for _, m := range w.s.misplaced {
		h := hit{m: m}
		n := w.root
		for _, step := range m.wrong {
			f := n.Get(step.Key)
			if f == nil || step.IsIndex {
				break
			}
			h.fields, h.nodes = append(h.fields, f), append(h.nodes, n)
			n = f.Value
		}
		if len(h.fields) == len(m.wrong) {
			hits = append(hits, h)
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(len(a.m.wrong), len(b.m.wrong)) })
	for _, h := range hits {
		if slices.ContainsFunc(h.fields, func(f *values.Field) bool { return w.explained[f] }) {
			continue
		}
		if w.explained == nil {
			w.explained, w.within = map[*values.Field]bool{}, map[*values.Node]bool{}
		}
		fd := h.fields[len(h.fields)-1]
		w.explained[fd] = true
		for _, n := range h.nodes {
			w.within[n] = true
		}
		w.misplacedEntry(h.m, fd)
	}
}

func (w *walker) misplacedEntry(m misplacedPath, fd *values.Field) {
	right := make([]lint.Path, len(m.right))
	for i, r := range m.right {
		right[i] = w.s.meant(m.wrong, r)
	}
	if fitting := w.fitting(right, fd.Value); len(fitting) == 1 && len(right) > 1 && onlyPlaces(m.right) {
		right = fitting
	}
	facts := slices.Clone(m.facts)
	for _, r := range right {
		facts = union(facts, w.factsOf(r, fd.Value))
	}
	hint := ""
	if len(right) == len(m.right) {
		hint = m.hint
	}
	f := lint.Finding{
		Rule: w.s.name + "/" + MisplacedKey, Severity: m.severity, Path: m.wrong,
		Span: fd.KeySpan, Facts: facts,
	}
	switch {
	case len(right) == 0:
		f.Message = fmt.Sprintf("%s is not read here; %s", m.wrong, hint)
		hint = ""
	case len(right) == 1 && right[0].Parent().Equal(m.wrong.Parent()):
		f.Message = fmt.Sprintf("%s is not read; the key is called %s", m.wrong, right[0])
		if w.root.Lookup(right[0]) == nil {
			f.Fix = w.rename(fd, right[0].Last().Key)
		}
	default:
		names := make([]string, len(right))
		for i, r := range right {
			names[i] = r.String()
		}
		f.Message = fmt.Sprintf("%s is not read here; it belongs at %s", m.wrong, strings.Join(names, ", "))
		if len(right) == 1 {
			f.Fix = w.move(fd, m.wrong, right[0])
		}
	}
	if hint != "" {
		f.Message += " (" + hint + ")"
	}
	w.add(located{Finding: f})
}

// onlyPlaces tells places for one key from several keys that have to be set:
// places end with the same name.
func onlyPlaces(right []lint.Path) bool {
	for _, r := range right[1:] {
		if r.Last() != right[0].Last() || len(r) != len(right[0]) {
			return false
		}
	}
	return len(right) == 2
}

// meant is where the key at wrong belongs. The right path of an entry is that
// of the key, or of the mapping that it has to move to.
func (s *Schema) meant(wrong, right lint.Path) lint.Path {
	if wrong.Last() == right.Last() {
		return right
	}
	if inside := right.Key(wrong.Last().Key); s.names(inside) {
		return inside
	}
	return right
}

// names reports whether the schema has a key at the path by name.
func (s *Schema) names(p lint.Path) bool {
	fields, _ := s.fieldsAt(p)
	return slices.ContainsFunc(fields, func(f *field) bool { return !f.pattern })
}

// fitting returns the paths at which the value would be without fault.
func (w *walker) fitting(paths []lint.Path, n *values.Node) []lint.Path {
	var out []lint.Path
	for _, p := range paths {
		fields, _ := w.s.fieldsAt(p)
		if len(fields) == 0 {
			continue
		}
		try := &walker{s: w.s, root: w.root, path: slices.Clone(p)}
		sc := &scope{f: fields[0], a: *fields[0].attrs()}
		try.visit(sc, n)
		if len(try.found) == 0 {
			out = append(out, p)
		}
	}
	return out
}

// factsOf returns the facts of a key that was meant, and of what lies below it
// in the values: none of that is read either.
func (w *walker) factsOf(p lint.Path, n *values.Node) []string {
	fields, _ := w.s.fieldsAt(p)
	var facts []string
	for _, f := range fields {
		facts = union(facts, factsBelow(f, n))
	}
	return facts
}

func factsBelow(f *field, n *values.Node) []string {
	if f.pattern {
		return nil
	}
	facts := f.attrs().facts
	if n == nil || n.Kind != values.Map {
		return facts
	}
	for _, a := range f.shape().alts {
		if a.kinds&kMap == 0 {
			continue
		}
		for _, fd := range n.Fields {
			if in := a.view().fields[fd.Key]; in != nil {
				facts = union(facts, factsBelow(in, fd.Value))
			}
		}
	}
	return facts
}

func (w *walker) allExplained(n *values.Node) bool {
	if !w.within[n] {
		return false
	}
	return !slices.ContainsFunc(n.Fields, func(f *values.Field) bool { return !w.explained[f] && !w.within[f.Value] })
}

// place is a key that the schema names.
type place struct {
	path  lint.Path
	field *field
	loose bool // below a pattern or in a list, so that the path is no address
}

// index returns where the schema has a key of that name.
func (s *Schema) index(name string) []place {
	s.indexOnce.Do(func() {
		s.places = map[string][]place{}
		s.eachField(func(p lint.Path, f *field) {
			if f.pattern || p.Last().IsIndex {
				return
			}
			loose := slices.ContainsFunc(p, func(st lint.Step) bool { return st.IsIndex || st.Key == "*" })
			for _, o := range s.places[f.name] {
				if o.path.Equal(p) {
					return // alternatives of one place
				}
			}
			s.places[f.name] = append(s.places[f.name], place{path: p, field: f, loose: loose})
		})
	})
	return s.places[name]
}

// commonWords mean something else at every level.
var commonWords = map[string]bool{
	"name": true, "tag": true, "enable": true, "enabled": true, "type": true, "location": true, "level": true,
	"volumes": true, "mounts": true, "create": true, "db": true, "user": true, "pwd": true, "password": true,
	"value": true, "key": true, "items": true, "path": true, "host": true, "port": true, "image": true, "size": true,
	"labels": true, "annotations": true, "enviroment": true, "environment": true, "version": true, "id": true, "url": true,
	"resources": true, "limits": true, "requests": true, "cpu": true, "memory": true, "token": true, "secret": true,
}

// unknown judges the key at the current path, which a closed mapping does not
// have. The first explanation that fits is given.
func (w *walker) unknown(sc *scope, v *view, n *values.Node, i int, candidate bool) {
	fd := n.Fields[i]
	if w.within[fd.Value] {
		for j, in := range fd.Value.Fields {
			if !w.explained[in] {
				w.at(lint.Step{Key: in.Key}, func() { w.unknown(sc, &view{}, fd.Value, j, false) })
			}
		}
		return
	}
	f := located{candidate: candidate, Finding: lint.Finding{
		Rule: w.s.name + "/" + UnknownKey, Severity: lint.Info, Path: w.here(), Span: fd.KeySpan,
	}}
	f.Message, f.Facts = w.explain(v, n, fd, &f.Finding)
	if sc.closed != nil {
		f.Severity, f.Facts = sc.closed.severity, union(f.Facts, sc.closed.facts)
	}
	w.add(f)
}

// unlisted is the finding of a key that only CUE refuses.
func (w *walker) unlisted(p lint.Path) located {
	return located{Finding: lint.Finding{
		Rule: w.s.name + "/" + UnknownKey, Severity: lint.Info, Path: p, Span: w.root.LocateKey(p),
		Message: fmt.Sprintf("unknown key %q%s, because of what other keys say", p.Last().Key, inside(p.Parent())),
	}}
}

func (w *walker) explain(v *view, n *values.Node, fd *values.Field, f *lint.Finding) (message string, facts []string) {
	parent := w.here().Parent()
	var unset, all []string
	for _, k := range v.order {
		all = append(all, k.name)
		if n.Get(k.name) == nil {
			unset = append(unset, k.name)
		}
	}
	rename := func(name string) []string {
		if n.Get(name) == nil {
			f.Fix = w.rename(fd, name)
		}
		return factsBelow(v.fields[name], fd.Value)
	}
	if fd.KeyText != fd.Key && !fd.Quoted && v.fields[fd.KeyText] != nil {
		f.Severity = lint.Error
		return fmt.Sprintf("key %s is read as %q; quote it", fd.KeyText, fd.Key), rename(fd.KeyText)
	}
	for _, name := range all {
		if strings.EqualFold(name, fd.Key) {
			f.Severity = lint.Error
			return fmt.Sprintf("unknown key %q%s; the key is spelt %q, capitals count", fd.Key, inside(parent), name), rename(name)
		}
	}
	if p, sure := w.elsewhere(v, fd); p != nil {
		f.Rule = w.s.name + "/" + MisplacedKey
		f.Severity = lint.Warning
		if sure {
			f.Severity = lint.Error
		}
		f.Fix = w.move(fd, w.here(), p)
		target := p.Parent().String()
		switch {
		case len(p) == 1:
			target = "the root of the " + w.s.what()
		case p.Parent().Last().IsIndex:
			target = "an item of " + p.Parent().Parent().String()
		}
		return fmt.Sprintf("%s is not read here; it belongs under %s", w.here(), target), w.factsOf(p, fd.Value)
	}
	if name := nearestKey(fd.Key, unset); name != "" {
		f.Severity = lint.Warning
		return fmt.Sprintf("unknown key %q%s; did you mean %q?", fd.Key, inside(parent), name), rename(name)
	}
	if p := w.dotted(parent, fd.Key); p != nil {
		f.Severity = lint.Warning
		keys := strings.Split(fd.Key, ".")
		return fmt.Sprintf("key %q has dots, which %s takes as part of the name; write it nested, as %s: ...%s",
			fd.Key, w.s.consumer(), strings.Join(keys, ": {"), strings.Repeat("}", len(keys)-1)), w.factsOf(p, fd.Value)
	}
	message = fmt.Sprintf("unknown key %q%s", fd.Key, inside(parent))
	if len(all) > 0 && len(all) <= 8 {
		message += "; documented are " + strings.Join(all, ", ")
	} else if len(all) > 0 {
		message += fmt.Sprintf("; it is none of the %d documented ones", len(all))
	}
	if p := w.sameShape(fd.Value); p != nil {
		message += fmt.Sprintf("; what is in it looks like %s: move it there", p)
	} else {
		message += "; correct it or remove it"
	}
	return message, nil
}

func inside(p lint.Path) string {
	if len(p) == 0 {
		return ""
	}
	return " in " + p.String()
}

// elsewhere finds the one place that a key at a wrong level was meant for. It
// is sure when the name alone tells.
func (w *walker) elsewhere(v *view, fd *values.Field) (p lint.Path, sure bool) {
	places := w.s.index(fd.Key)
	common := commonWords[fd.Key]
	suits := func(f *field) bool {
		m := fd.Value
		if m.Kind == values.Null || m.Unknown() {
			return true
		}
		return f.shape().kinds()&kindOf(m) != 0 || f.attrs().yaml && m.Kind == values.String
	}
	if len(places) == 1 && !common && !places[0].loose && suits(places[0].field) {
		return places[0].path, true
	}
	// Several places: what is in the mapping may tell.
	if fd.Value.Kind == values.Map && len(fd.Value.Fields) > 0 {
		var fit []lint.Path
		for _, pl := range places {
			if !pl.loose && pl.field.hasAll(fd.Value) {
				fit = append(fit, pl.path)
			}
		}
		if len(fit) == 1 {
			return fit[0], false
		}
	}
	// A level was left out: `secretName` beside `secret`.
	if !common {
		var below []lint.Path
		for _, f := range v.order {
			for _, a := range f.shape().alts {
				if a.kinds&kMap != 0 {
					if in := a.view().fields[fd.Key]; in != nil && suits(in) {
						below = append(below, w.here().Parent().Key(f.name).Key(fd.Key))
					}
				}
				if a.kinds&kList == 0 || a.list().free || a.list().rest == nil {
					continue
				}
				for _, item := range a.list().rest.shape().alts {
					if item.kinds&kMap == 0 {
						continue
					}
					if in := item.view().fields[fd.Key]; in != nil && suits(in) {
						below = append(below, w.here().Parent().Key(f.name).Index(0).Key(fd.Key))
					}
				}
			}
		}
		if len(below) == 1 {
			return below[0], false
		}
	}
	return nil, false
}

// hasAll reports whether the field is a mapping that names every key of n.
func (f *field) hasAll(n *values.Node) bool {
	return slices.ContainsFunc(f.shape().alts, func(a *alt) bool {
		return a.kinds&kMap != 0 && len(a.structs) > 0 && !slices.ContainsFunc(n.Fields, func(fd *values.Field) bool {
			return a.view().fields[fd.Key] == nil
		})
	})
}

// sameShape finds the one mapping of the schema that has two or more keys of n,
// and all of them.
func (w *walker) sameShape(n *values.Node) lint.Path {
	if n.Kind != values.Map || len(n.Fields) < 2 {
		return nil
	}
	var fit []lint.Path
	w.s.eachField(func(p lint.Path, f *field) {
		if f.pattern || len(fit) > 1 || !f.hasAll(n) {
			return
		}
		fit = append(fit, p)
	})
	if len(fit) != 1 || slices.ContainsFunc(fit[0], func(st lint.Step) bool { return st.IsIndex || st.Key == "*" }) {
		return nil
	}
	return fit[0]
}

// dotted reads a key with dots as a path, from here or from the root.
func (w *walker) dotted(parent lint.Path, key string) lint.Path {
	if !strings.Contains(strings.Trim(key, "."), ".") {
		return nil
	}
	for _, from := range []lint.Path{parent, nil} {
		p := slices.Clone(from)
		for k := range strings.SplitSeq(key, ".") {
			p = p.Key(k)
		}
		if w.s.names(p) {
			return p
		}
	}
	return nil
}

// nearestKey finds a key of four letters or more within two typing errors.
func nearestKey(key string, names []string) string {
	if len(key) < 4 {
		return ""
	}
	return closest(key, names, func(name string) int {
		if len(name) < 4 {
			return 0
		}
		return 2
	})
}

// nearestWord finds what a value was meant to be.
func nearestWord(word string, words []string) string {
	return closest(word, words, func(w string) int {
		switch n := min(len(w), len(word)); {
		case n < 2:
			return 0
		case n < 5:
			return 1
		}
		return 2
	})
}

// nearest finds what a name in the schema's own text was meant to be.
func nearest(name string, names []string) string {
	names = slices.Clone(names)
	slices.Sort(names)
	return closest(name, names, func(w string) int { return min(2, (min(len(w), len(name))-1)/2) })
}

func closest(word string, words []string, limit func(string) int) string {
	best, least := "", 0
	for _, w := range words {
		d := distance(strings.ToLower(word), strings.ToLower(w))
		if d <= limit(w) && (best == "" || d < least) {
			best, least = w, d
		}
	}
	return best
}

// distance counts the typing errors between two words: a letter too many, one
// missing, a wrong one, or two neighbours swapped.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	if len(s)-len(t) > 3 || len(t)-len(s) > 3 {
		return 4
	}
	before, last, now := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(s); i++ {
		now[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
		before, last, now = last, now, before
	}
	return last[len(t)]
}
