package discover

import (
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// get follows keys down from a node; nil when they lead nowhere.
func get(n *values.Node, keys ...string) *values.Node {
	for _, k := range keys {
		f := n.Get(k)
		if f == nil {
			return nil
		}
		n = f.Value
	}
	return n
}

// items are the members of a list; none for anything else.
func items(n *values.Node) []*values.Node {
	if n == nil || n.Kind != values.List {
		return nil
	}
	return n.Items
}

// text is a scalar as a string; "" for anything else.
func text(n *values.Node) string {
	if n == nil {
		return ""
	}
	switch n.Kind {
	case values.String:
		return n.Str
	case values.Number, values.Bool:
		return n.Text
	}
	return ""
}

func isTrue(n *values.Node) bool  { return n != nil && n.Kind == values.Bool && n.Bool }
func isFalse(n *values.Node) bool { return n != nil && n.Kind == values.Bool && !n.Bool }

// templated reports whether a string waits for a template engine.
func templated(s string) bool { return strings.Contains(s, "{{") }

// unknown reports whether a string waits for a template engine or a variable.
func unknown(s string) bool { return len(values.Placeholders(s)) > 0 || templated(s) }

// span is the place of a node, or of the nearest thing that has one.
func span(nodes ...*values.Node) lint.Span {
	for _, n := range nodes {
		if n != nil && !n.Span.IsZero() {
			return n.Span
		}
	}
	return lint.Span{}
}

// keySpan is the place of a key of a mapping.
func keySpan(n *values.Node, key string) lint.Span {
	if f := n.Get(key); f != nil {
		return f.KeySpan
	}
	return span(n)
}

// leaves calls f for the path of every scalar below n.
func leaves(n *values.Node, at lint.Path, f func(lint.Path)) {
	if n == nil {
		return
	}
	switch n.Kind {
	case values.Map:
		for _, field := range n.Fields {
			leaves(field.Value, at.Key(field.Key), f)
		}
	case values.List:
		for i, it := range n.Items {
			leaves(it, at.Index(i), f)
		}
	default:
		f(at)
	}
}
