package templates

import (
	"slices"
	"strings"
	"text/template/parse"

	"github.com/helmvet/helmvet/internal/values"
)

// function is what a function makes of its arguments, the one piped in last.
// One that is not known uses all of them with everything they hold.
func (f *frame) function(name string, args []*value, at parse.Node) *value {
	n := len(args)
	arg := func(i int) *value {
		if i >= 0 && i < n {
			return args[i]
		}
		return unknown
	}
	last := arg(n - 1)
	if rest, ok := strings.CutPrefix(name, "must"); ok && rest != "" {
		name = strings.ToLower(rest[:1]) + rest[1:]
	}
	switch name {
	case "include":
		if n > 1 {
			f.deep(args[0], at)
			return f.call(namesOf(args[0]), args[1])
		}
		return unknown
	case "tpl":
		f.deep(arg(0), at)
		f.template(arg(0), arg(1), at)
		return unknown

	case "default", "coalesce", "or", "and":
		return union(args...)
	case "ternary":
		return union(arg(0), arg(1))
	case "required":
		return last
	case "not", "empty", "eq", "ne", "lt", "le", "gt", "ge", "kindIs", "kindOf", "typeOf", "typeIs", "typeIsLike", "len", "any", "all":
		return unknown // the arguments were noted as they were read
	case "fail":
		f.deep(last, at)
		return unknown

	case "index":
		v := arg(0)
		for _, key := range args[min(1, n):] {
			v = v.at(key)
		}
		f.touch(v, at)
		return v
	case "get":
		v := arg(0).at(arg(1))
		f.touch(v, at)
		return v
	case "hasKey":
		f.touch(arg(0).at(arg(1)), at)
		return unknown
	case "dig":
		v := last
		if n < 3 {
			return unknown
		}
		for _, key := range args[:n-2] {
			v = v.at(key)
			f.touch(v, at)
		}
		return union(v, args[n-2])
	case "pluck":
		var out []*value
		for _, m := range args[min(1, n):] {
			v := m.at(arg(0))
			f.touch(v, at)
			out = append(out, v)
		}
		return looseList(out...)
	case "pick":
		d := f.dict()
		for _, key := range args[min(1, n):] {
			v := arg(0).at(key)
			f.touch(v, at)
			for _, k := range key.texts {
				d.fields[k] = v
			}
		}
		return &value{dicts: []*dict{d}, other: true}
	case "unset":
		return arg(0)
	case "omit":
		return f.copyOf(arg(0))
	case "deepCopy":
		return f.copyOf(last)
	case "sortAlpha", "uniq", "compact":
		return last
	case "reverse", "rest":
		return last.loose()
	case "initial", "slice", "without", "chunk":
		return union(args...).loose()
	case "first", "last":
		return last.element()
	case "keys":
		known := text()
		for _, m := range args {
			if len(m.refs)+len(m.roots) > 0 {
				f.touch(m.element(), at)
				known = nil
			}
			for _, d := range m.dicts {
				if known == nil || d.rest != nil || m.other {
					known = nil
					break
				}
				for k := range d.fields {
					known.texts = append(known.texts, k)
				}
			}
		}
		if known == nil || len(known.texts) == 0 {
			return unknown
		}
		slices.Sort(known.texts)
		l := listOf()
		for _, k := range known.texts {
			l.lists[0].items = append(l.lists[0].items, text(k))
		}
		return l
	case "values":
		return looseList(last.element())
	case "splitList":
		f.deep(last, at)
		return splitList(arg(0), last)
	case "until", "untilStep", "seq":
		f.deep(last, at)
		return unknown

	case "dict":
		d := f.dict()
		for i := 0; i+1 < n; i += 2 {
			if len(args[i].texts) == 0 || args[i].other {
				d.rest = union(d.rest, args[i+1])
				continue
			}
			for _, key := range args[i].texts {
				d.fields[key] = args[i+1]
			}
		}
		return &value{dicts: []*dict{d}}
	case "set":
		f.set(arg(0), arg(1), arg(2), at)
		return arg(0)
	case "merge", "mergeOverwrite":
		// The first one is changed, too.
		all := union(args...)
		for _, r := range arg(0).refs {
			f.putAt(r, union(args[1:]...), at)
		}
		for _, d := range arg(0).dicts {
			for _, m := range args[1:] {
				for _, o := range m.dicts {
					if o == d {
						continue
					}
					for k, v := range o.fields {
						d.fields[k] = union(d.fields[k], v)
					}
					if o.rest != nil {
						d.rest = union(d.rest, o.rest)
					}
				}
			}
		}
		return all
	case "list", "tuple":
		return listOf(args...)
	case "append", "push", "prepend":
		return union(arg(0), looseList(append([]*value{arg(0).element()}, args[min(1, n):]...)...))
	case "concat":
		return union(args...)

	case "toYaml", "toJson", "toPrettyJson", "toRawJson", "toToml", "toYamlPretty":
		f.deep(last, at)
		return unknown
	case "fromYaml", "fromJson", "fromYamlArray", "fromJsonArray":
		f.deep(last, at)
		return f.data(last)
	case "printf":
		for _, a := range args {
			f.deep(a, at)
		}
		f.printArgs(args, at)
		return printf(args)
	case "print":
		for _, a := range args {
			f.deep(a, at)
		}
		f.printArgs(args, at)
		return join(args)
	case "quote", "squote", "toString":
		for _, a := range args {
			f.deep(a, at)
		}
		// What is quoted stands in a text: numbers are printed here.
		f.printArgs(args, at)
		return unknown
	case "trimSuffix", "trimPrefix", "trunc", "lower", "upper", "trim", "nospace", "replace", "trimAll", "title", "kebabcase", "camelcase", "snakecase", "abbrev", "nindent", "indent":
		f.deep(last, at)
		if len(last.texts) > 0 && !last.other {
			return text(any_)
		}
		return unknown
	}
	for _, a := range args {
		f.deep(a, at)
	}
	return unknown
}

func (f *frame) printArgs(args []*value, at parse.Node) {
	for _, a := range args {
		f.printed(a, at, true)
	}
}

// loose is the value with the items of its lists in any order.
func (v *value) loose() *value {
	w := *v
	w.lists = nil
	for _, l := range v.lists {
		w.lists = append(w.lists, &list{items: l.items, loose: true})
	}
	return &w
}

// data is what YAML or JSON holds, when the text is known.
func (f *frame) data(v *value) *value {
	if len(v.texts) != 1 || v.other || len(v.refs) > 0 || strings.Contains(v.texts[0], any_) {
		return unknown
	}
	d := values.Parse("", []byte(v.texts[0]), values.DefaultLimits)
	if len(d.Roots) != 1 {
		return unknown
	}
	return f.dataOf(d.Roots[0], 0)
}

func (f *frame) dataOf(n *values.Node, depth int) *value {
	switch {
	case depth > 20:
		return unknown
	case n.Kind == values.Map:
		d := f.dict()
		for _, g := range n.Fields {
			d.fields[g.Key] = f.dataOf(g.Value, depth+1)
		}
		return &value{dicts: []*dict{d}}
	case n.Kind == values.List:
		l := listOf()
		for _, it := range n.Items {
			l.lists[0].items = append(l.lists[0].items, f.dataOf(it, depth+1))
		}
		return l
	case n.Kind == values.String:
		return text(n.Str)
	}
	return text(n.Text)
}

func (f *frame) dict() *dict {
	f.dicts++
	return &dict{id: f.dicts, fields: map[string]*value{}}
}

// copyOf is a copy of a value. What is put into it stays there.
func (f *frame) copyOf(v *value) *value {
	if len(v.refs) == 0 {
		return v
	}
	w := *v
	w.refs = slices.Clone(v.refs)
	for i := range w.refs {
		w.refs[i].copy = true
	}
	w.dicts = append(slices.Clone(v.dicts), f.dict())
	return &w
}

// set changes a dictionary. What it sets in values is known from then on.
func (f *frame) set(m, key, v *value, at parse.Node) {
	for _, d := range m.dicts {
		if len(key.texts) == 0 || key.other {
			d.rest = union(d.rest, v)
			continue
		}
		for _, k := range key.texts {
			d.fields[k] = union(d.fields[k], v)
		}
	}
	for _, r := range m.refs {
		place := (&value{refs: []ref{r}}).at(key)
		f.touch(place, at)
		for _, p := range place.refs {
			if len(key.texts) == 0 || key.other || slices.ContainsFunc(key.texts, func(k string) bool { return p == r.step(k) }) || p == r.step(any_) {
				f.putAt(p, v, at)
			}
		}
	}
	if len(m.roots) > 0 {
		f.deep(v, at)
		for _, s := range m.roots {
			if len(key.texts) == 0 || key.other || slices.Contains(key.texts, "Values") {
				f.result.Replaced[s.path.String()] = true
			}
		}
	}
}

// namesOf are the names of defines that a value stands for; * is any of them.
func namesOf(v *value) []string {
	if v.other || len(v.texts) == 0 {
		return []string{any_ + any_}
	}
	return v.texts
}

// template notes the context of tpl, and looks into texts that are known.
func (f *frame) template(v, ctx *value, at parse.Node) {
	for _, t := range v.texts {
		f.text(t, ctx, &define{file: f.def.file, line: f.site(at).Line})
	}
	var key, known strings.Builder
	ctx.print(&key, 0)
	for _, c := range f.scope.tpl {
		known.Reset()
		c.print(&known, 0)
		if known.String() == key.String() {
			return
		}
	}
	if len(f.scope.tpl) < 8 {
		f.scope.tpl = append(f.scope.tpl, ctx)
	}
}

// printf gives the text that is made of texts; what is not known is *.
func printf(args []*value) *value {
	if len(args) == 0 || len(args[0].texts) != 1 || args[0].other {
		return unknown
	}
	if args[0].texts[0] == "%s" && len(args) == 2 {
		return args[1].onlyTexts()
	}
	var b strings.Builder
	format, next := args[0].texts[0], 1
	for i := 0; i < len(format); i++ {
		if format[i] != '%' || i+1 >= len(format) {
			b.WriteByte(format[i])
			continue
		}
		i++
		if format[i] == '%' {
			b.WriteByte('%')
			continue
		}
		for i < len(format)-1 && strings.IndexByte("+-# 0123456789.", format[i]) >= 0 {
			i++
		}
		b.WriteString(single(args, next))
		next++
	}
	return text(b.String())
}

// splitList gives one list for each text that it may be.
func splitList(by, v *value) *value {
	if len(by.texts) != 1 || by.other || len(v.texts) == 0 || v.other {
		return unknown
	}
	out := &value{}
	for _, t := range v.texts {
		if strings.Contains(t, any_) {
			return unknown
		}
		l := &list{}
		for p := range strings.SplitSeq(t, by.texts[0]) {
			l.items = append(l.items, text(p))
		}
		out.lists = append(out.lists, l)
	}
	return out
}

// onlyTexts is the value when it is nothing but known texts.
func (v *value) onlyTexts() *value {
	if v.other || len(v.texts) == 0 || len(v.roots)+len(v.metas)+len(v.refs)+len(v.dicts)+len(v.lists) > 0 {
		return text(any_)
	}
	return v
}

func join(args []*value) *value {
	var b strings.Builder
	for i := range args {
		b.WriteString(single(args, i))
	}
	return text(b.String())
}

func single(args []*value, i int) string {
	if i < len(args) && len(args[i].texts) == 1 && !args[i].other && len(args[i].refs) == 0 {
		return args[i].texts[0]
	}
	return any_
}
