package values

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/helmvet/helmvet/internal/lint"
)

// The limits of Helm's parser of --set arguments.
const (
	maxSetIndex = 65536
	maxSetDepth = 30
)

// setter applies one argument of the --set family to a tree. Helm's parser
// works on plain maps, which forget where a value came from; this one has the
// same grammar and keeps, for each value, its place in the argument. Nodes that
// other layers share are copied before they are changed.
type setter struct {
	layer *Layer
	arg   []rune
	pos   int // of the next rune
	place func(from, to int) lint.Span
	value func(text string, span lint.Span) (*Node, error)
	json  bool
	lax   bool // Helm 4 takes an index without its bracket for the end
	plain bool // no escapes, lists and commas: --set-literal
	end   int  // where the value that was read last ends, without its comma
	own   map[*Node]bool
}

// errEnd says that the argument ended where a key could begin. That is no
// error, but values on the way to it are dropped.
var errEnd = errors.New("end of argument")

var errNoValue = errors.New("key has no value; write KEY=VALUE")

// setArgument lays the argument of the layer over root and returns the new
// tree. place makes the spans of what it sets; read fetches the files of
// --set-file.
func setArgument(root *Node, l *Layer, place func(from, to int) lint.Span, p Profile, read func(string) ([]byte, error)) (*Node, *Problem) {
	s := &setter{layer: l, arg: []rune(l.Arg), lax: p.four(), own: map[*Node]bool{}}
	s.place = place
	switch l.Kind {
	case SetJSON:
		s.json = true
	case Set:
		s.value = func(text string, span lint.Span) (*Node, error) { return typedArgument(text, span), nil }
	case SetFile:
		s.value = func(name string, span lint.Span) (*Node, error) {
			data, err := read(name)
			if err != nil {
				return nil, fmt.Errorf("file %q cannot be read: %w", name, err)
			}
			return fileArgument(name, data, span), nil
		}
	default:
		s.plain = l.Kind == SetLiteral
		s.value = func(text string, span lint.Span) (*Node, error) { return stringNode(text, span), nil }
	}
	out := s.mine(root)
	for {
		begin := s.pos
		err := s.key(out, 0)
		if err == errEnd {
			return out, nil
		}
		if err != nil {
			return nil, s.problem(begin, err)
		}
	}
}

// placer makes spans in the argument of a flag's nth occurrence.
func placer(flag string, ordinal int) func(from, to int) lint.Span {
	return func(from, to int) lint.Span {
		return lint.Span{File: flag, Line: ordinal, Column: from + 1, EndLine: ordinal, EndCol: to + 1}
	}
}

// problem names the key that the error is about, and not the value, which may
// be a secret.
func (s *setter) problem(begin int, err error) *Problem {
	end := begin
	for end < len(s.arg) && s.arg[end] != '=' && s.arg[end] != ',' {
		end++
	}
	what := s.layer.Name
	if err == errNoValue && begin > 0 {
		err = errors.New("text after a comma has no `=`; write `\\,` for a comma that is part of a value")
	} else if key := string(s.arg[begin:end]); key != "" {
		what += " " + strconv.Quote(key)
	}
	return &Problem{Span: s.place(begin, max(end, begin)), Message: fmt.Sprintf("%s: %s", what, err)}
}

// until reads up to one of the stop characters. It returns 0 as the character
// at the end of the argument.
func (s *setter) until(stop string) (text string, last rune) {
	var b strings.Builder
	for s.pos < len(s.arg) {
		r := s.arg[s.pos]
		s.pos++
		switch {
		case strings.ContainsRune(stop, r):
			return b.String(), r
		case r == '\\' && !s.plain:
			if s.pos == len(s.arg) {
				return b.String(), 0
			}
			b.WriteRune(s.arg[s.pos])
			s.pos++
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), 0
}

// before returns the end of what until has just read.
func (s *setter) before(last rune) int {
	if last == 0 {
		return s.pos
	}
	return s.pos - 1
}

// key reads `key=value`, `key.rest` or `key[index]rest` into the mapping m,
// which is ours to change.
func (s *setter) key(m *Node, depth int) error {
	stop := "=[,."
	if s.plain {
		stop = "=[."
	}
	begin := s.pos
	key, last := s.until(stop)
	keyEnd := s.before(last)
	f := &Field{Key: key, KeyText: key, KeySpan: s.place(begin, keyEnd)}
	switch last {
	case 0:
		if key == "" {
			return errEnd
		}
		return errNoValue
	case ',':
		return errNoValue
	case '=':
		v, err := s.read()
		if v != nil {
			s.put(m, f, v)
		}
		return err
	case '.':
		if depth++; depth > maxSetDepth {
			return fmt.Errorf("key is nested deeper than Helm's limit of %d", maxSetDepth)
		}
		inner, err := s.child(m, f, Map)
		if err != nil {
			return err
		}
		from := s.pos
		err = s.key(inner, depth)
		if err == nil && len(inner.Fields) == 0 {
			return errNoValue
		}
		if len(inner.Fields) > 0 && m.Get(key) == nil {
			inner.Span = s.place(from, max(from, s.end))
			s.put(m, f, inner)
		}
		return err
	}
	index, err := s.index()
	if err != nil {
		return err
	}
	list, err := s.child(m, f, List)
	if err != nil {
		return err
	}
	err = s.item(list, index, depth)
	if m.Get(key) == nil {
		list.Span = s.place(keyEnd, max(keyEnd, s.end))
		s.put(m, f, list)
	}
	return err
}

// child returns the mapping or list under a key, ours to change, or a new one
// that is not yet put there.
func (s *setter) child(m *Node, f *Field, want Kind) (*Node, error) {
	i := m.find(f.Key)
	if i < 0 {
		return s.fresh(want, f.KeySpan), nil
	}
	old := m.Fields[i]
	if old.Value.Kind != want {
		return nil, mismatch(strconv.Quote(f.Key), old.Value, want)
	}
	c := *old
	c.Value = s.mine(old.Value)
	m.Fields[i] = &c
	return c.Value, nil
}

func mismatch(name string, n *Node, want Kind) error {
	below := "a key"
	if want == List {
		below = "an index"
	}
	at := ""
	if n.Span.Line > 0 {
		at = fmt.Sprintf(" (%s:%d)", n.Span.File, n.Span.Line)
	}
	return fmt.Errorf("%s is %s%s, so %s below it cannot be set; set it as a whole, or remove it from the values", name, n.Kind, at, below)
}

// mine returns n, or a copy of n that may be changed.
func (s *setter) mine(n *Node) *Node {
	if s.own[n] {
		return n
	}
	c := *n
	c.Fields, c.Items, c.index = slices.Clone(n.Fields), slices.Clone(n.Items), maps.Clone(n.index)
	s.own[&c] = true
	return &c
}

func (s *setter) fresh(k Kind, span lint.Span) *Node {
	n := &Node{Kind: k, Span: span, Layer: s.layer}
	s.own[n] = true
	return n
}

// put sets a field of m. Helm drops values of an empty key.
func (s *setter) put(m *Node, f *Field, v *Node) {
	if f.Key == "" {
		return
	}
	f.Value = v
	i := m.find(f.Key)
	if i < 0 {
		m.add(f)
		return
	}
	old := m.Fields[i].Value
	v.Shadows = append([]*Node{old}, old.Shadows...)
	m.Fields[i] = f
}

func (s *setter) index() (int, error) {
	text, last := s.until("]")
	if last == 0 && s.lax {
		return 0, errEnd
	}
	if last == 0 {
		return 0, errors.New("bracket of an index is not closed; write KEY[0]=VALUE")
	}
	i, err := strconv.Atoi(text)
	if err != nil {
		return 0, errors.New("index is no number; write KEY[0]=VALUE")
	}
	if i < 0 {
		return 0, fmt.Errorf("index %d is negative", i)
	}
	return i, nil
}

// item reads what follows an index into the list, which is ours to change.
func (s *setter) item(list *Node, i, depth int) error {
	from := s.pos
	junk, last := s.until("[.=")
	if junk != "" {
		return errors.New("text after the bracket of an index; write `=`, `.` or `[` there")
	}
	switch last {
	case '=':
		v, err := s.read()
		if err != nil && err != errEnd {
			return err
		}
		return s.setItem(list, i, v, from)
	case '[':
		next, err := s.index()
		if err != nil {
			return err
		}
		inner := s.fresh(List, s.place(from, from))
		if i < len(list.Items) && list.Items[i].Kind != Null {
			if old := list.Items[i]; old.Kind != List {
				return mismatch(fmt.Sprintf("item %d", i), old, List)
			}
			inner = s.mine(list.Items[i])
			list.Items[i] = inner
		}
		if err := s.item(inner, next, depth); err != nil {
			return err
		}
		return s.setItem(list, i, inner, from)
	case '.':
		inner := s.fresh(Map, s.place(from, from))
		if i < len(list.Items) {
			if old := list.Items[i]; old.Kind == Map {
				inner = s.mine(old)
			} else { // Helm replaces a scalar in a list, though not in a mapping
				inner.Shadows = append([]*Node{old}, old.Shadows...)
			}
			list.Items[i] = inner
		}
		if err := s.key(inner, depth); err != nil {
			return err
		}
		return s.setItem(list, i, inner, from)
	}
	return errEnd
}

func (s *setter) setItem(list *Node, i int, v *Node, from int) error {
	if i > maxSetIndex {
		return fmt.Errorf("index %d is larger than Helm's limit of %d", i, maxSetIndex)
	}
	if v.Span.Column == v.Span.EndCol && len(v.Fields)+len(v.Items) > 0 {
		v.Span = s.place(from, max(from, s.end))
	}
	if i < len(list.Items) {
		if old := list.Items[i]; old != v {
			v.Shadows = append([]*Node{old}, old.Shadows...)
			list.Items[i] = v
		}
		return nil
	}
	for len(list.Items) < i {
		list.Items = append(list.Items, s.fresh(Null, s.place(from, max(from, s.end))))
	}
	list.Items = append(list.Items, v)
	return nil
}

// read reads a value. At the end of the argument it is the empty string, and
// errEnd says so.
func (s *setter) read() (*Node, error) {
	if s.json {
		return s.readJSON()
	}
	from := s.pos
	if s.plain {
		s.pos = len(s.arg)
		s.end = s.pos
		return s.stamped(string(s.arg[from:]), from, s.pos)
	}
	if s.end = from; from == len(s.arg) {
		return s.withLayer(stringNode("", s.place(from, from))), errEnd
	}
	if s.arg[from] == '{' {
		s.pos++
		return s.readList(from)
	}
	text, last := s.until(",")
	s.end = s.before(last)
	return s.stamped(text, from, s.end)
}

func (s *setter) stamped(text string, from, to int) (*Node, error) {
	n, err := s.value(text, s.place(from, to))
	if err != nil {
		return nil, err
	}
	return s.withLayer(n), nil
}

func (s *setter) withLayer(n *Node) *Node {
	stamp(n, s.layer)
	return n
}

func (s *setter) readList(from int) (*Node, error) {
	list := s.fresh(List, lint.Span{})
	for {
		begin := s.pos
		text, last := s.until(",}")
		if last == 0 {
			return nil, errors.New("list is not closed; write {a,b}")
		}
		v, err := s.stamped(text, begin, s.pos-1)
		if err != nil {
			return nil, err
		}
		list.Items = append(list.Items, v)
		if last == '}' {
			list.Span, s.end = s.place(from, s.pos), s.pos
			if s.pos < len(s.arg) && s.arg[s.pos] == ',' {
				s.pos++
			}
			return list, nil
		}
	}
}

// readJSON reads a JSON value and the comma after it. No value at all is null.
func (s *setter) readJSON() (*Node, error) {
	from := s.pos
	if s.end = from; s.skipComma() {
		return s.withLayer(&Node{Kind: Null, Text: "null", Span: s.place(from, from)}), nil
	}
	from = s.pos
	rest := string(s.arg[from:])
	n, length, err := parseJSON(rest, func(a, b int) lint.Span {
		return s.place(from+runeLen(rest[:a]), from+runeLen(rest[:b]))
	})
	if err != nil {
		return nil, err
	}
	s.pos = from + runeLen(rest[:length])
	s.end = s.pos
	s.skipComma()
	return s.withLayer(n), nil
}

// skipComma skips blanks and one comma. It is true when nothing else came.
func (s *setter) skipComma() bool {
	for s.pos < len(s.arg) {
		switch r := s.arg[s.pos]; {
		case r == ',':
			s.pos++
			return true
		case !unicode.IsSpace(r):
			return false
		}
		s.pos++
	}
	return true
}

// typedArgument types a value of --set.
func typedArgument(text string, span lint.Span) *Node {
	n := &Node{Text: text, Span: span}
	switch {
	case strings.EqualFold(text, "true"):
		n.Kind, n.Bool = Bool, true
		return n
	case strings.EqualFold(text, "false"):
		n.Kind = Bool
		return n
	case strings.EqualFold(text, "null"):
		n.Kind = Null
		return n
	}
	if text == "0" || text != "" && text[0] != '0' {
		if i, err := strconv.ParseInt(text, 10, 64); err == nil {
			n.Kind, n.IsInt, n.Int, n.Number = Number, true, i, float64(i)
			return n
		}
	}
	return stringNode(text, span)
}

// stringNode makes a string of an argument; YAML inside it is placed at the
// whole argument.
func stringNode(text string, span lint.Span) *Node {
	n := &Node{Kind: String, Str: text, Text: text, Span: span}
	if looksLikeYAML(text) {
		t := newText([]byte(text))
		t.fixed = &span
		n.embedded = &embedded{doc: &Document{Name: span.File}, limits: DefaultLimits, text: t, apart: true}
	}
	return n
}

// fileArgument makes a string of a file's content. YAML inside it is placed in
// that file.
func fileArgument(name string, data []byte, span lint.Span) *Node {
	n := &Node{Kind: String, Str: string(data), Text: name, Span: span}
	if looksLikeYAML(n.Str) {
		d := &Document{Name: name, Data: data, limits: DefaultLimits}
		d.text = newText(data)
		d.lines, d.bom = lineStarts(data), d.text.bom
		d.marks = marksOf(data, d.lines, d.bom)
		if !d.badText(d.text) {
			n.embedded = &embedded{doc: d, limits: DefaultLimits, text: d.text, apart: true}
		}
	}
	return n
}

// parseJSON reads the JSON value that text begins with, as encoding/json does,
// and returns its length. place makes a span of two byte offsets.
func parseJSON(text string, place func(from, to int) lint.Span) (*Node, int, error) {
	var v any
	d := json.NewDecoder(strings.NewReader(text))
	if err := d.Decode(&v); err != nil {
		return nil, 0, fmt.Errorf("value is no JSON: %s; quote strings with double quotes", jsonFault(err))
	}
	length := int(d.InputOffset())
	j := jsonBuilder{text: text[:length], place: place}
	j.dec = json.NewDecoder(strings.NewReader(j.text))
	n, _, err := j.next()
	return n, length, err
}

// jsonFault drops what encoding/json says about Go.
func jsonFault(err error) string {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return "a number is out of range"
	}
	if err.Error() == "unexpected EOF" {
		return "it ends too early"
	}
	return err.Error()
}

type jsonBuilder struct {
	text  string
	dec   *json.Decoder
	place func(from, to int) lint.Span
}

// next builds the next value, and returns the delimiter when there is none.
func (j *jsonBuilder) next() (*Node, json.Delim, error) {
	from := int(j.dec.InputOffset())
	for from < len(j.text) && strings.IndexByte(" \t\r\n,:", j.text[from]) >= 0 {
		from++
	}
	tok, err := j.dec.Token()
	if err != nil {
		return nil, 0, err
	}
	n := &Node{Text: j.text[from:int(j.dec.InputOffset())], Span: j.place(from, int(j.dec.InputOffset()))}
	switch v := tok.(type) {
	case bool:
		n.Kind, n.Bool = Bool, v
	case float64:
		n.Kind, n.Number = Number, v
	case string:
		text := n.Text
		n = stringNode(v, n.Span)
		n.Style, n.Text = DoubleQuoted, strings.Trim(text, `"`)
	case json.Delim:
		switch v {
		case '[':
			n.Kind, err = List, j.items(n)
		case '{':
			n.Kind, err = Map, j.fields(n)
		default:
			return nil, v, nil
		}
		n.Text, n.Span = "", j.place(from, int(j.dec.InputOffset()))
	}
	return n, 0, err
}

func (j *jsonBuilder) items(n *Node) error {
	for {
		v, delim, err := j.next()
		if err != nil || delim != 0 {
			return err
		}
		n.Items = append(n.Items, v)
	}
}

func (j *jsonBuilder) fields(n *Node) error {
	for {
		k, delim, err := j.next()
		if err != nil || delim != 0 {
			return err
		}
		v, _, err := j.next()
		if err != nil {
			return err
		}
		n.put(&Field{Key: k.Str, KeyText: k.Text, KeySpan: k.Span, Quoted: true, Value: v})
	}
}
