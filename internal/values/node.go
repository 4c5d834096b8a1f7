// Package values reads YAML as Helm reads it and merges layers as Helm merges
// them, and never forgets where a value came from. It is the only package that
// knows lines and columns.
package values

import (
	"strings"
	"unicode/utf8"

	"github.com/helmvet/helmvet/internal/lint"
)

// Kind says what a Node holds, after Helm's typing.
type Kind uint8

// The kinds of values that JSON knows, which is all that templates ever see.
const (
	Null Kind = iota
	Bool
	Number
	String
	Map
	List
)

// String returns the name used in messages.
func (k Kind) String() string {
	return [...]string{"null", "a boolean", "a number", "a string", "a mapping", "a list"}[k]
}

// Style says how a scalar was written.
type Style uint8

// The scalar styles. Only Plain scalars are subject to YAML 1.1 typing, and
// only Literal ones keep positions inside the text.
const (
	Plain Style = iota
	SingleQuoted
	DoubleQuoted
	Literal
	Folded
)

// Node is one value of a document or of merged values. Nodes are not changed
// after they were built, so that layers and merged trees can share them.
type Node struct {
	Kind   Kind
	Style  Style
	Bool   bool
	IsInt  bool     // the Number was set by --set, where whole numbers stay whole
	Number float64  // of a file, what is left of the number after JSON
	Int    int64    // the exact value when IsInt
	Str    string   // the value of a String
	Text   string   // a scalar as written, without quotes and tag
	Fields []*Field // of a Map, in order of appearance, each key once
	Items  []*Node  // of a List

	Span    lint.Span // a block collection ends where its last value ends
	Layer   *Layer    // nil in a Document that is no layer
	Shadows []*Node   // what this node replaced, nearest layer first
	Parts   []*Node   // of a merged Map: the maps of the layers, first layer first
	Removed []*Field  // of a coalesced Map: keys that a null took away
	Alias   bool      // the value was written elsewhere; Span is the alias
	// Replaced tells that placeholders inside were replaced, so that Text is not
	// what the file says.
	Replaced bool

	index    map[string]int // of a large Map
	embedded *embedded
}

// Field is one key of a mapping with its value.
type Field struct {
	Key     string    // as Helm sees it: `y` is "true"
	KeyText string    // as written, without quotes
	KeySpan lint.Span // of the key
	Quoted  bool      // the key was quoted
	Merged  bool      // came in through `<<`
	Value   *Node
	// Earlier holds the occurrences of the same key before this one in the same
	// mapping. Helm keeps the last one without a word.
	Earlier []*Field
	// Lost is the mapping's own value that a `<<` further down replaced.
	Lost *Field
}

// Get returns the field of that key, or nil.
func (n *Node) Get(key string) *Field {
	if n == nil || n.Kind != Map {
		return nil
	}
	if i := n.find(key); i >= 0 {
		return n.Fields[i]
	}
	return nil
}

const indexFrom = 16 // a map with fewer keys is searched faster than hashed

func (n *Node) find(key string) int {
	if n.index != nil {
		if i, ok := n.index[key]; ok {
			return i
		}
		return -1
	}
	for i, f := range n.Fields {
		if f.Key == key {
			return i
		}
	}
	return -1
}

// add appends a field whose key is new.
func (n *Node) add(f *Field) {
	n.Fields = append(n.Fields, f)
	switch {
	case n.index != nil:
		n.index[f.Key] = len(n.Fields) - 1
	case len(n.Fields) >= indexFrom:
		n.index = make(map[string]int, 2*len(n.Fields))
		for i, f := range n.Fields {
			n.index[f.Key] = i
		}
	}
}

// Lookup follows the path down from n, also into block strings that hold YAML.
// It returns nil when the path leads nowhere.
func (n *Node) Lookup(p lint.Path) *Node {
	for _, s := range p {
		n = n.step(s)
		if n == nil {
			return nil
		}
	}
	return n
}

func (n *Node) step(s lint.Step) *Node {
	if n.Kind == String {
		if e := n.Embedded(); e != nil {
			n = e
		}
	}
	if s.IsIndex {
		if n.Kind == List && s.Index < len(n.Items) {
			return n.Items[s.Index]
		}
		return nil
	}
	if f := n.Get(s.Key); f != nil {
		return f.Value
	}
	return nil
}

// Locate returns the place of the value at the path, or of the nearest parent
// that exists; found tells which. An absent key of a mapping is placed at the
// key of that mapping, and so is an empty value.
func (n *Node) Locate(p lint.Path) (span lint.Span, found bool) {
	span = n.Span
	for i, s := range p {
		next := n.step(s)
		if next == nil {
			return span, false
		}
		span = next.Span
		if parent := n.structure(); parent.Kind == Map && (i+1 < len(p) || span.IsZero()) {
			if f := parent.Get(s.Key); f != nil {
				span = f.KeySpan
			}
		}
		n = next
	}
	return span, true
}

// LocateKey returns the place of the key itself, for findings about the key.
func (n *Node) LocateKey(p lint.Path) lint.Span {
	if len(p) > 0 && !p.Last().IsIndex {
		if parent := n.Lookup(p.Parent()); parent != nil {
			if f := parent.structure().Get(p.Last().Key); f != nil {
				return f.KeySpan
			}
		}
	}
	span, _ := n.Locate(p)
	return span
}

// structure is the node itself, or the document inside a block string.
func (n *Node) structure() *Node {
	if n.Kind == String {
		if e := n.Embedded(); e != nil {
			return e
		}
	}
	return n
}

// Any returns the value as Helm passes it to templates: map[string]any, []any,
// string, bool, float64, nil, and int64 for whole numbers of --set.
func (n *Node) Any() any {
	if n == nil {
		return nil
	}
	switch n.Kind {
	case Bool:
		return n.Bool
	case Number:
		if n.IsInt {
			return n.Int
		}
		return n.Number
	case String:
		return n.Str
	case Map:
		m := make(map[string]any, len(n.Fields))
		for _, f := range n.Fields {
			m[f.Key] = f.Value.Any()
		}
		return m
	case List:
		l := make([]any, len(n.Items))
		for i, it := range n.Items {
			l[i] = it.Any()
		}
		return l
	}
	return nil
}

// Walk calls f for n and everything below it, parents first. Returning false
// skips what lies below.
func (n *Node) Walk(p lint.Path, f func(lint.Path, *Node) bool) {
	if n == nil || !f(p, n) {
		return
	}
	for _, fd := range n.Fields {
		fd.Value.Walk(p.Key(fd.Key), f)
	}
	for i, it := range n.Items {
		it.Walk(p.Index(i), f)
	}
}

// Placeholders returns the names of the variables that the scalar still waits
// for: NAME for $NAME and ${NAME}, and the text of a `{{ }}` expression.
func (n *Node) Placeholders() []string {
	if n == nil || (n.Kind != String && n.Kind != Number) {
		return nil
	}
	return Placeholders(n.Str)
}

// Unknown reports whether the scalar's value is not known before something
// else fills it in.
func (n *Node) Unknown() bool {
	return n != nil && n.Kind == String && strings.ContainsAny(n.Str, "${") && len(Placeholders(n.Str)) > 0
}

func runeLen(s string) int { return utf8.RuneCountInString(s) }
