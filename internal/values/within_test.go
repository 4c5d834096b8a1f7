package values_test

import (
	"testing"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// TestWithin places the second word of the last line of a string.
func TestWithin(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text      string
		line      int // of the word in the string
		from, to  int
		want      [4]int
		wholeSpan bool
	}{
		{"a: helm list\n", 1, 6, 10, [4]int{1, 9, 1, 13}, false},
		{"a: \"helm list\"\n", 1, 6, 10, [4]int{1, 10, 1, 14}, false},
		{"a: |\n  x\n    helm list\n", 2, 8, 12, [4]int{3, 10, 3, 14}, false},
		{"b:\n  - |-\n    é\n    helm list\n", 2, 6, 10, [4]int{4, 10, 4, 14}, false},
		{"a: \"helm\\tlist\"\n", 1, 6, 10, [4]int{}, true},
		{"a: >-\n  helm\n  list\n", 1, 6, 10, [4]int{}, true},
	}
	for _, tt := range tests {
		d := values.Parse("v.yaml", []byte(tt.text), values.DefaultLimits)
		n := d.Roots[0].Fields[0].Value
		if n.Kind == values.List {
			n = n.Items[0]
		}
		s := n.Within(lint.Span{Line: tt.line, Column: tt.from, EndLine: tt.line, EndCol: tt.to})
		if tt.wholeSpan {
			if s != n.Span {
				t.Errorf("%q: got %+v, want the whole string", tt.text, s)
			}
			continue
		}
		if got := [4]int{s.Line, s.Column, s.EndLine, s.EndCol}; got != tt.want || s.File != "v.yaml" {
			t.Errorf("%q: got %v in %q, want %v", tt.text, got, s.File, tt.want)
		}
	}
}
