package cuecheck

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/helmvet/helmvet/internal/fix"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// Fixes are edits at the exact place of a scalar or key. Where the place is not
// exact (aliases, merged keys, text inside quotes) there is none.

func (w *walker) editable(n *values.Node) bool {
	return w.foreign == 0 && !n.Alias && !n.Replaced && inFile(n) && n.Span.Line == n.Span.EndLine
}

// inFile reports whether a node was read from a file, and not from --set.
func inFile(n *values.Node) bool {
	return !n.Span.IsZero() && (n.Layer == nil || n.Layer.Kind <= values.File)
}

func (w *walker) fix(description string, edits ...lint.Edit) *lint.Fix {
	return &lint.Fix{Description: description, Edits: edits}
}

// effective marks a fix after which a value counts that had no effect before. It
// is likely what was meant, but it changes what is deployed.
func effective(fix *lint.Fix) *lint.Fix {
	if fix != nil {
		fix.Unsafe = true
	}
	return fix
}

// quote puts quotes around a scalar without repeating it, since it may be a
// secret.
func (w *walker) quote(n *values.Node) *lint.Fix {
	width := n.Span.EndCol - n.Span.Column
	if !w.editable(n) || n.Style != values.Plain || width != utf8.RuneCountInString(n.Text) || strings.ContainsAny(n.Text, `"\`) {
		return nil
	}
	first, last := n.Span, n.Span
	first.EndCol, last.Column = first.Column, last.EndCol
	return w.fix("quote the value", lint.Edit{Span: first, Text: `"`}, lint.Edit{Span: last, Text: `"`})
}

func (w *walker) unquote(n *values.Node) *lint.Fix {
	width := n.Span.EndCol - n.Span.Column
	if !w.editable(n) || width != utf8.RuneCountInString(n.Str)+2 {
		return nil // something in it is escaped
	}
	first, last := n.Span, n.Span
	first.EndCol, last.Column = first.Column+1, last.EndCol-1
	return w.fix("remove the quotes", lint.Edit{Span: first}, lint.Edit{Span: last})
}

func (w *walker) rewrite(n *values.Node, text, description string) *lint.Fix {
	if !w.editable(n) || n.Style == values.Literal || n.Style == values.Folded {
		return nil
	}
	return w.fix(description, lint.Edit{Span: n.Span, Text: text})
}

// requoted writes a word in the style of the scalar that it replaces.
func requoted(n *values.Node, word string) string {
	switch n.Style {
	case values.SingleQuoted:
		return "'" + strings.ReplaceAll(word, "'", "''") + "'"
	case values.Plain:
		if d := readYAML(word); plainWord.MatchString(word) && d != nil && d.Kind == values.String && d.Str == word {
			return word
		}
	}
	return strconv.Quote(word)
}

// rename changes a key.
func (w *walker) rename(fd *values.Field, name string) *lint.Fix {
	if w.foreign > 0 || fd.Merged || !inFile(fd.Value) || fd.KeySpan.IsZero() || fd.KeySpan.Line != fd.KeySpan.EndLine {
		return nil
	}
	key := &values.Node{Style: values.Plain}
	if fd.Quoted {
		key.Style = values.DoubleQuoted
	}
	return effective(w.fix("rename the key to "+name, lint.Edit{Span: fd.KeySpan, Text: requoted(key, name)}))
}

// largest is the size of files up to which keys are moved: to move one, the file
// is parsed again several times.
const largest = 256 << 10

// move puts a key with its value and comments where it belongs, within its file.
func (w *walker) move(fd *values.Field, from, to lint.Path) *lint.Fix {
	n := fd.Value
	if w.foreign > 0 || fd.Merged || n.Layer == nil || n.Layer.Kind != values.File || w.root.Lookup(to) != nil {
		return nil
	}
	d := n.Layer.Doc
	if d == nil || len(d.Data) > largest || d.Values() != n.Layer.Root {
		return nil
	}
	edits, err := fix.Move(d, from, to, nil)
	if err != nil {
		return nil // it says why no edit can be made
	}
	return effective(w.fix("move the key to "+to.String(), edits...))
}
