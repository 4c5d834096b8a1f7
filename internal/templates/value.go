// Package templates finds out which values a chart's templates read, where, and
// under which conditions. It follows values through variables, `with`, `range`,
// `include` and the functions that hand them on; it renders nothing. What it
// cannot follow counts as a reader of everything below.
package templates

import (
	"slices"
	"strconv"
	"strings"
)

// value is what an expression may stand for: any of the places, dictionaries,
// lists and texts together.
type value struct {
	roots []*scope // the context object of a chart: what `.` and `$` begin as
	metas []*scope // its .Chart
	refs  []ref
	dicts []*dict
	lists []*list
	texts []string // texts known in full, or with * for a part that is not
	other bool     // anything else
}

// ref is a place in a chart's values; the step * is any key or index.
type ref struct {
	scope *scope
	steps string // joined by \x00
	copy  bool   // what is put there does not reach the chart's values
}

// dict is a dictionary that templates make and change.
type dict struct {
	id     int
	fields map[string]*value
	rest   *value // under keys that are not known
}

// list is a list that templates make. A loose one has its items in any order
// and number.
type list struct {
	items []*value
	loose bool
}

func listOf(items ...*value) *value { return &value{lists: []*list{{items: items}}} }

func looseList(items ...*value) *value {
	return &value{lists: []*list{{items: items, loose: true}}}
}

const (
	sep  = "\x00"
	any_ = "*"
)

func (r ref) step(key string) ref {
	if r.steps == "" {
		return ref{r.scope, key, r.copy}
	}
	return ref{r.scope, r.steps + sep + key, r.copy}
}

func (r ref) split() []string {
	if r.steps == "" {
		return nil
	}
	return strings.Split(r.steps, sep)
}

var unknown = &value{other: true}

func text(s ...string) *value { return &value{texts: s} }

// union is any of the values.
func union(vs ...*value) *value {
	var some []*value
	for _, v := range vs {
		if v != nil && !slices.Contains(some, v) {
			some = append(some, v)
		}
	}
	if len(some) == 1 {
		return some[0]
	}
	u := &value{}
	for _, v := range some {
		u.roots = addNew(u.roots, v.roots)
		u.metas = addNew(u.metas, v.metas)
		u.refs = addNew(u.refs, v.refs)
		u.dicts = addNew(u.dicts, v.dicts)
		u.lists = addNew(u.lists, v.lists)
		u.texts = addNew(u.texts, v.texts)
		u.other = u.other || v.other
	}
	return u
}

func addNew[T comparable](to, more []T) []T {
	for _, m := range more {
		if !slices.Contains(to, m) {
			to = append(to, m)
		}
	}
	return to
}

// field is what `.key` of the value gives.
func (v *value) field(key string) *value {
	u := &value{}
	var more []*value
	for _, s := range v.roots {
		more = append(more, s.field(key))
	}
	for _, s := range v.metas {
		switch key {
		case "Name":
			u.texts = append(u.texts, s.chartName)
		default:
			u.other = true
		}
	}
	for _, r := range v.refs {
		if r.steps == "" && key == "AsMap" { // the method of Helm's type
			u.refs = append(u.refs, r)
			continue
		}
		r = r.step(key)
		u.refs = append(u.refs, r)
		more = append(more, r.put()...)
	}
	for _, d := range v.dicts {
		if f := d.fields[key]; f != nil {
			more = append(more, f)
		}
		if d.rest != nil {
			more = append(more, d.rest)
		}
	}
	if len(v.texts) > 0 || v.other || len(u.refs)+len(more)+len(u.texts) == 0 {
		u.other = true
	}
	return union(append(more, u)...)
}

// element is any element of the value.
func (v *value) element() *value {
	u := &value{other: v.other}
	more := []*value{u}
	for _, r := range v.refs {
		r = r.step(any_)
		u.refs = append(u.refs, r)
		more = append(more, r.put()...)
	}
	for _, d := range v.dicts {
		for _, f := range d.fields {
			more = append(more, f)
		}
		if d.rest != nil {
			more = append(more, d.rest)
		}
	}
	for _, l := range v.lists {
		more = append(more, l.items...)
	}
	if len(v.texts) > 0 {
		u.other = true
	}
	return union(more...)
}

// at is what `index v key` gives.
func (v *value) at(key *value) *value {
	if len(key.texts) == 0 || key.other {
		return v.element()
	}
	var out []*value
	for _, t := range key.texts {
		if strings.Contains(t, any_) {
			return v.element()
		}
		if i, err := strconv.Atoi(t); err == nil && len(v.lists) > 0 {
			for _, l := range v.lists {
				if !l.loose && i >= 0 && i < len(l.items) {
					out = append(out, l.items[i])
				} else {
					out = append(out, l.items...)
				}
			}
			w := *v
			w.lists = nil
			if v = &w; len(v.roots)+len(v.metas)+len(v.refs)+len(v.dicts)+len(v.texts) == 0 {
				continue
			}
		}
		out = append(out, v.field(t))
	}
	return union(out...)
}

// print writes a text that is the same for values that behave the same.
func (v *value) print(b *strings.Builder, depth int) { v.write(b, map[*dict]bool{}, depth) }

func (v *value) write(b *strings.Builder, seen map[*dict]bool, depth int) {
	if depth > 6 {
		b.WriteString("…")
		return
	}
	if v.other {
		b.WriteByte('?')
	}
	for _, s := range v.roots {
		b.WriteString("$" + strconv.Itoa(s.id))
	}
	for _, s := range v.metas {
		b.WriteString("@" + strconv.Itoa(s.id))
	}
	var refs []string
	for _, r := range v.refs {
		refs = append(refs, strconv.Itoa(r.scope.id)+":"+r.steps)
	}
	slices.Sort(refs)
	b.WriteString(strings.Join(refs, "|"))
	for _, t := range v.texts {
		b.WriteString(strconv.Quote(t))
	}
	for _, d := range v.dicts {
		b.WriteByte('{')
		if seen[d] {
			b.WriteString("#" + strconv.Itoa(d.id) + "}")
			continue
		}
		seen[d] = true
		keys := make([]string, 0, len(d.fields))
		for k := range d.fields {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			b.WriteString(k + "=")
			d.fields[k].write(b, seen, depth+1)
			b.WriteByte(',')
		}
		if d.rest != nil {
			b.WriteByte('*')
			d.rest.write(b, seen, depth+1)
		}
		b.WriteByte('}')
	}
	for _, l := range v.lists {
		b.WriteByte('[')
		for _, it := range l.items {
			it.write(b, seen, depth+1)
			b.WriteByte(',')
		}
		b.WriteByte(']')
	}
}
