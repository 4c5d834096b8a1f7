package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/listing"
	"github.com/helmvet/helmvet/internal/pack"
)

// complete offers the keys and values that the packs know, also inside of block
// strings, and in an ignore comment the rules that speak in this file.
func (s *server) complete(ctx context.Context, p *positionParams) (any, error) {
	src, d, r, err := s.open(ctx, p.TextDocument.URI, false)
	if err != nil {
		return nil, err
	}
	list := &completionList{Items: []completionItem{}}
	if len(src.data) > maxText {
		return list, nil
	}
	line, col := src.place(p.Position)
	c := cursorAt(src, line, col)
	if c == nil {
		return list, nil
	}
	o := &offer{server: s, src: src, line: line, c: c, packs: s.packsOf(d, r), list: list}
	switch {
	case c.note:
		o.rules(r)
	case c.value:
		o.values(c.path)
	case c.item:
		o.values(c.path)
		o.keys()
	default:
		o.keys()
	}
	return list, nil
}

type offer struct {
	*server
	src   *source
	line  int
	c     *cursor
	packs []*pack.Pack
	list  *completionList
}

// add offers a text in place of what is typed.
func (o *offer) add(item completionItem, text string) {
	item.SortText = fmt.Sprintf("%04d", len(o.list.Items))
	item.TextEdit = &textEdit{Range: o.span(o.c.from, o.c.to), NewText: text}
	o.list.Items = append(o.list.Items, item)
}

// span is the range between two byte offsets of the line.
func (o *offer) span(from, to int) textRange {
	start := o.src.at(o.line, 1)
	return textRange{o.src.position(start + from), o.src.position(start + to)}
}

func (o *offer) documentation(k *knowledge) *markup {
	text := k.describe()
	if text == "" {
		return nil
	}
	return &markup{"markdown", text}
}

// keys offers the keys that a mapping can have and has not.
func (o *offer) keys() {
	all := schemas(o.packs, o.c.apiVersion, o.c.kind)
	seen := map[string]bool{}
	for _, p := range o.packs {
		if all[p] == nil {
			continue
		}
		for _, k := range all[p].Keys(o.c.path) {
			if seen[k.Name] || slices.Contains(o.c.before, k.Name) {
				continue
			}
			seen[k.Name] = true
			item := completionItem{
				Label: k.Name, Kind: itemProperty, Detail: strings.Join(k.Kinds, " or "),
				Documentation: o.documentation(&knowledge{Known: k, packs: []*pack.Pack{p}}),
			}
			if k.Deprecated != "" {
				item.Tags = []int{tagDeprecated}
			}
			text := listing.Scalar(k.Name)
			if o.c.quote != "" {
				text = o.c.quote + k.Name + o.c.quote
				item.FilterText = text
			}
			if !strings.HasPrefix(o.c.after, ":") {
				text += ending(&k)
			}
			o.add(item, text)
		}
	}
}

// ending is what follows a key that is new.
func ending(k *cuecheck.Known) string {
	switch {
	case k.YAML:
		return ": |"
	case k.Mapping(), k.List():
		return ":"
	}
	return ": "
}

// values offers the values that are known for a place.
func (o *offer) values(p lint.Path) {
	k, ok := ask(o.packs, o.c.apiVersion, o.c.kind, p)
	if !ok {
		return
	}
	var done []string
	add := func(v any, kind int, detail string) {
		text := yamlOf(v)
		if str, isString := v.(string); isString && o.c.quote != "" {
			text = o.c.quote + str + o.c.quote
		}
		if slices.Contains(done, text) {
			return
		}
		done = append(done, text)
		item := completionItem{Label: strings.Trim(text, `"'`), Kind: kind, Detail: detail, Documentation: o.documentation(&k)}
		if text != item.Label {
			item.FilterText = text
		}
		o.add(item, text)
	}
	for _, v := range k.Literals {
		detail := ""
		if k.HasDefault && k.Default == v {
			detail = "default"
		}
		add(v, itemEnumMember, detail)
	}
	if slices.Contains(k.Kinds, "boolean") && len(k.Enum) == 0 {
		add(true, itemValue, "")
		add(false, itemValue, "")
	}
	for _, x := range k.Examples {
		if slices.Contains(k.Kinds, "string") {
			add(x, itemValue, "example")
		} else {
			add(json.RawMessage(x), itemValue, "example")
		}
	}
}

// yamlOf writes a literal of a schema as YAML.
func yamlOf(v any) string {
	switch v := v.(type) {
	case string:
		return listing.Scalar(v)
	case json.RawMessage:
		return string(v)
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(raw)
}

var ignoring = lazyregexp.New(`#[ \t]*helmvet:ignore(?:-file)?[ \t]+(?:[^ \t]+,)?([^ \t,]*)$`)

// rules offers the rules that a comment may name: those that speak here first.
func (o *offer) rules(r *result) {
	m := ignoring.FindStringSubmatchIndex(o.c.typed)
	if m == nil {
		return
	}
	o.c.to = o.c.from + m[3]
	o.c.from += m[2]
	var near, far []string
	if r != nil {
		for _, f := range r.findings {
			switch {
			case f.Rule == "" || slices.Contains(near, f.Rule):
			case f.Span.Line == o.line || f.Span.Line == o.line+1:
				near = append(near, f.Rule)
			case !slices.Contains(far, f.Rule):
				far = append(far, f.Rule)
			}
		}
	}
	for _, rule := range near {
		o.add(completionItem{Label: rule, Kind: itemReference, Detail: "reported on this line"}, rule)
	}
	for _, rule := range far {
		if !slices.Contains(near, rule) {
			o.add(completionItem{Label: rule, Kind: itemReference, Detail: "reported in this file"}, rule)
		}
	}
}
