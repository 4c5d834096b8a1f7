// Package fix changes the text of values files: it makes edits that remove,
// rename or move a key with its comments, applies edits, and shows what they
// change. Nothing but the key is touched, and an edit that would not leave
// exactly the wanted values is not made.
package fix

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// Apply changes a text. The spans of the edits are places in it; edits may
// touch, but not overlap. New lines end as those of the text do, and UTF-16
// stays UTF-16.
func Apply(data []byte, edits []lint.Edit) ([]byte, error) {
	d := values.Parse("", data, values.DefaultLimits)
	if !bytes.Equal(d.Data, data) {
		if !bytes.Equal(toUTF16(d.Data, data), data) {
			return nil, errors.New("the file's encoding could not be kept; save it as UTF-8")
		}
		out, err := Apply(d.Data, edits)
		return toUTF16(out, data), err
	}
	type change struct {
		from, to int
		text     string
	}
	var changes []change
	lines := bytes.Count(data, []byte("\n"))
	crlf := lines > 0 && bytes.Count(data, []byte("\r\n")) == lines
	for _, e := range edits {
		s := e.Span
		c := change{d.Offset(s.Line, s.Column), d.Offset(s.EndLine, s.EndCol), e.Text}
		if crlf && !strings.Contains(c.text, "\r") {
			c.text = strings.ReplaceAll(c.text, "\n", "\r\n")
		}
		if s.Line > d.Lines() && s.Column == 1 {
			c.from = len(data)
		}
		if s.EndLine > d.Lines() && s.EndCol == 1 {
			c.to = len(data)
		}
		if c.from < 0 || c.to < c.from || c.to > len(data) {
			return nil, fmt.Errorf("edit at line %d, column %d lies outside the text", s.Line, s.Column)
		}
		changes = append(changes, c)
	}
	slices.SortStableFunc(changes, func(a, b change) int { return a.from - b.from })
	var out bytes.Buffer
	at := 0
	for _, c := range changes {
		if c.from < at {
			return nil, errors.New("edits overlap")
		}
		out.Write(data[at:c.from])
		out.WriteString(c.text)
		at = c.to
	}
	out.Write(data[at:])
	return out.Bytes(), nil
}

// toUTF16 encodes a text with the byte order mark that another one begins with.
func toUTF16(text, like []byte) []byte {
	if len(like) < 2 {
		return nil
	}
	var order binary.AppendByteOrder = binary.LittleEndian
	if like[0] == 0xfe {
		order = binary.BigEndian
	}
	out := slices.Clone(like[:2])
	for _, u := range utf16.Encode([]rune(string(text))) {
		out = order.AppendUint16(out, u)
	}
	return out
}

// Diff shows the change of a file as a unified diff; it is empty when nothing
// changed.
func Diff(name string, before, after []byte) []byte {
	out := diff.Diff("a/"+name, before, "b/"+name, after)
	if i := bytes.IndexByte(out, '\n'); i >= 0 {
		return out[i+1:] // without the line that names both files
	}
	return out
}
