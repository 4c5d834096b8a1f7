package values

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// masks are template expressions for which stand-ins were put into a text, so
// that YAML reads `a: {{ .x }}` as a scalar and not as a mapping in a key. A
// stand-in has as many characters as its expression: positions stay.
type masks struct{ exprs []string }

// The characters of a stand-in are private ones of the last plane: a mark, the
// number of the expression, and filling.
const (
	maskMark  = '\U00100000'
	maskFill  = '\U00100001'
	maskFirst = '\U00100100'
	maskCount = 0x8000
)

// mask replaces every {{ expression }} that stands on one line. It returns t
// itself when there is none, or when the text holds such characters itself.
func mask(t *text) *text {
	if bytes.IndexByte(t.data, 0xf4) >= 0 {
		return t
	}
	m := &masks{}
	var out bytes.Buffer
	shut := bytes.Index(t.data, []byte("}}")) // the first that is not behind us
	for rest := t.data; ; {
		i := bytes.Index(rest, []byte("{{"))
		if i < 0 || len(m.exprs) == maskCount {
			out.Write(rest)
			break
		}
		out.Write(rest[:i])
		rest = rest[i:]
		if at := len(t.data) - len(rest); shut >= 0 && shut < at {
			if shut = bytes.Index(rest, []byte("}}")); shut >= 0 {
				shut += at
			}
		}
		n := shut - (len(t.data) - len(rest))
		if shut < 0 || lineEnd(rest[:n], 0) < n { // nor does any other on the line end
			end := lineEnd(rest, 0)
			out.Write(rest[:end])
			rest = rest[end:]
			continue
		}
		expr := string(rest[:n+2])
		rest = rest[n+2:]
		out.WriteRune(maskMark)
		out.WriteRune(maskFirst + rune(len(m.exprs)))
		for range utf8.RuneCountInString(expr) - 2 {
			out.WriteRune(maskFill)
		}
		m.exprs = append(m.exprs, expr)
	}
	if len(m.exprs) == 0 {
		return t
	}
	masked := newText(out.Bytes())
	masked.masks, masked.replaced, masked.fixed = m, t.replaced, t.fixed
	masked.toFile = func(off int, end bool) int {
		off = t.offset(masked.position(off))
		if t.toFile != nil {
			return t.toFile(off, end)
		}
		return off
	}
	return masked
}

// unmask puts the expressions back into what was read from a masked text.
func (t *text) unmask(s string) string {
	if t.masks == nil || !strings.ContainsRune(s, maskMark) {
		return s
	}
	var out strings.Builder
	marked := false
	for _, r := range s {
		switch {
		case r == maskMark:
			marked = true
		case marked:
			marked = false
			if i := int(r - maskFirst); i >= 0 && i < len(t.masks.exprs) {
				out.WriteString(t.masks.exprs[i])
			}
		case r == maskFill:
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}
