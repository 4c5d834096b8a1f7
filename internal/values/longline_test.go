package values

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestLongLines wants columns of long lines to be those that one gets by
// counting from the start of the line.
func TestLongLines(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 5))
	parts := []string{"a", "ä", "€", "𝄞", "\xff", "\xe2\x82", "\r\n", "xxxxxxxxxxxxxxxxxxxxxxxx"}
	for range 60 {
		var b strings.Builder
		if r.IntN(2) == 0 {
			b.WriteString(bom)
		}
		for range r.IntN(8) {
			for range r.IntN(3000) {
				b.WriteString(parts[r.IntN(len(parts)-r.IntN(2)*2)])
			}
			b.WriteByte('\n')
		}
		data := []byte(b.String())
		start := 0
		if bytes.HasPrefix(data, []byte(bom)) {
			start = len(bom)
		}
		lines := lineStarts(data)
		marks := marksOf(data, lines, start)
		for range 300 {
			off := r.IntN(len(data) + 1)
			for off < len(data) && !utf8.RuneStart(data[off]) {
				off++
			}
			line, col := positionIn(data, lines, marks, start, off)
			wantLine, wantCol := positionIn(data, lines, nil, start, off)
			if line != wantLine || col != wantCol {
				t.Fatalf("offset %d is %d:%d, want %d:%d", off, line, col, wantLine, wantCol)
			}
			for _, c := range []int{col, col + r.IntN(4000)} {
				if got, want := offsetIn(data, lines, marks, start, line, c), offsetIn(data, lines, nil, start, line, c); got != want {
					t.Fatalf("%d:%d is at %d, want %d", line, c, got, want)
				}
			}
		}
	}
}
