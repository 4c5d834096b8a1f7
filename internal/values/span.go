package values

import (
	"bytes"
	"strings"

	"go.yaml.in/yaml/v3"
)

// The YAML library tells where a value begins, tag and anchor included. Where
// the value itself begins and ends is found in the text.

// scalarSpan sets the place of a scalar and returns its offsets in the text.
func (b *builder) scalarSpan(n *Node, y *yaml.Node) (start, end int) {
	at := b.text.offset(y.Line, y.Column)
	src := b.text.data
	start = at
	if n.Style == Plain && y.Value == "" { // nothing but tag and anchor is written
		end = skipProperties(src, at, false)
	} else {
		start = skipProperties(src, at, true)
		switch n.Style {
		case DoubleQuoted, SingleQuoted:
			end = start + quotedLen(src[start:])
		case Literal, Folded:
			end = b.text.blockEnd(start, n.Style, y.Value)
		default:
			end = start + plainLen(src[start:], y.Value)
		}
	}
	if start == at {
		n.Span = b.text.spanFrom(b.doc, y.Line, y.Column, start, end)
	} else {
		n.Span = b.text.span(b.doc, start, end)
	}
	b.end = end
	return start, end
}

// open returns where a collection begins.
func (b *builder) open(y *yaml.Node) int {
	start := b.text.offset(y.Line, y.Column)
	if y.Tag != "" || y.Anchor != "" {
		start = skipProperties(b.text.data, start, true)
	}
	b.end = min(start+1, len(b.text.data))
	return start
}

// close sets the place of a collection whose last value was just read. In flow
// style it ends after its bracket.
func (b *builder) close(n *Node, y *yaml.Node, start int) {
	if y.Style&yaml.FlowStyle != 0 {
		b.end = closing(b.text.data, b.end)
	}
	n.Span = b.text.span(b.doc, start, b.end)
}

func closing(src []byte, i int) int {
	for i < len(src) {
		switch c := src[i]; {
		case c == ']' || c == '}':
			return i + 1
		case c == '#' && i > 0 && (isBlank(src[i-1]) || src[i-1] == '\n'):
			i = lineEnd(src, i)
		default:
			i++
		}
	}
	return i
}

// skipProperties returns the offset after tag and anchor. With far it goes on
// over blanks, comments and line ends to the value itself.
func skipProperties(src []byte, i int, far bool) int {
	end := i
	for i < len(src) && (src[i] == '!' || src[i] == '&') {
		end = propertyEnd(src, i)
		i = skipSpace(src, end)
	}
	if far {
		return i
	}
	return end
}

func propertyEnd(src []byte, i int) int {
	if src[i] == '&' {
		for i++; i < len(src) && isWord(src[i]); i++ {
		}
		return i
	}
	for i < len(src) && !isBlank(src[i]) && breakLen(src[i:]) == 0 {
		i++
	}
	return i
}

func isWord(c byte) bool {
	return c == '-' || c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// bareTag reports whether the tag `!` is written at i, which the YAML library
// does not tell.
func bareTag(src []byte, i int) bool {
	for i < len(src) && (src[i] == '!' || src[i] == '&') {
		end := propertyEnd(src, i)
		if src[i] == '!' {
			return end == i+1
		}
		i = skipSpace(src, end)
	}
	return false
}

func skipSpace(src []byte, i int) int {
	for i < len(src) {
		n := breakLen(src[i:])
		switch {
		case n > 0:
			i += n
		case isBlank(src[i]):
			i++
		case src[i] == '#' && i > 0 && (isBlank(src[i-1]) || src[i-1] == '\n' || src[i-1] == '\r'):
			i = lineEnd(src, i)
		default:
			return i
		}
	}
	return i
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

func lineEnd(src []byte, i int) int {
	for i < len(src) && breakLen(src[i:]) == 0 {
		i++
	}
	return i
}

func quotedLen(src []byte) int {
	if len(src) == 0 || src[0] != '"' && src[0] != '\'' {
		return 0
	}
	q := src[0]
	for i := 1; i < len(src); i++ {
		switch {
		case q == '"' && src[i] == '\\':
			i++
		case src[i] == q && q == '\'' && i+1 < len(src) && src[i+1] == q:
			i++
		case src[i] == q:
			return i + 1
		}
	}
	return len(src)
}

// plainLen matches the value against its source. A plain scalar of several
// lines is folded in the value, so a blank of it may stand for line breaks.
func plainLen(src []byte, value string) int {
	if len(value) <= len(src) && string(src[:len(value)]) == value && !strings.Contains(value, "\n") {
		return len(value)
	}
	i := 0
	for j := 0; j < len(value); {
		if i >= len(src) {
			return len(src)
		}
		if value[j] == src[i] && breakLen(src[i:]) == 0 {
			i++
			j++
			continue
		}
		k := i
		for k < len(src) && (isBlank(src[k]) || breakLen(src[k:]) > 0) {
			k += max(breakLen(src[k:]), 1)
		}
		if k == i {
			return i
		}
		i = k
		for j < len(value) {
			if n := breakLen([]byte(value[j:min(j+3, len(value))])); n > 0 {
				j += n
			} else if value[j] == ' ' {
				j++
			} else {
				break
			}
		}
	}
	return i
}

// blockEnd returns where a block scalar ends: after the last line that is not
// empty, or after its indicator.
func (t *text) blockEnd(start int, style Style, value string) int {
	header, _ := t.position(start)
	end := start
	for end < len(t.data) && !isBlank(t.data[end]) && breakLen(t.data[end:]) == 0 {
		end++
	}
	last := header
	if body := strings.TrimRight(value, "\n"); body != "" && style == Literal {
		last += 1 + strings.Count(body, "\n") + strings.Count(body, "\u2028") + strings.Count(body, "\u2029")
	} else if body != "" {
		indent := t.blockIndent(header, value)
		for l := header + 1; l <= len(t.lines); l++ {
			line := t.line(l)
			if len(bytes.TrimSpace(line)) == 0 {
				continue
			}
			if indentOf(line) < indent || indent == 0 && (bytes.HasPrefix(line, []byte("---")) || bytes.HasPrefix(line, []byte("..."))) {
				break
			}
			last = l
		}
	}
	if last == header || last > len(t.lines) {
		return end
	}
	i := t.lines[last-1]
	return lineEnd(t.data, i)
}

// blockIndent returns by how much the lines of a block scalar are indented. An
// indentation indicator leaves leading blanks in the value.
func (t *text) blockIndent(header int, value string) int {
	kept := 0
	for line := range strings.Lines(value) {
		if strings.TrimSpace(line) != "" {
			kept = len(line) - len(strings.TrimLeft(line, " "))
			break
		}
	}
	for l := header + 1; l <= len(t.lines); l++ {
		if line := t.line(l); len(bytes.TrimSpace(line)) > 0 {
			return max(indentOf(line)-kept, 0)
		}
	}
	return 0
}

func indentOf(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " ")) }
