package values_test

import (
	"testing"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

func TestPositions(t *testing.T) {
	src := "a:\n  b: \"x\"\n  c: |\n    - name: n\n      secret:\n        secretName: s\nd: &x [1, 2]\ne: *x\nf:\n"
	d := values.Parse("v.yaml", []byte(src), values.DefaultLimits)
	if len(d.Problems) > 0 {
		t.Fatal(d.Problems)
	}
	root := d.Values()
	for _, tc := range []struct {
		path              string
		line, col, el, ec int
		found             bool
	}{
		{"a.b", 2, 6, 2, 9, true},
		{"a.c[0].name", 4, 13, 4, 14, true},
		{"a.c[0].secret.secretName", 6, 21, 6, 22, true},
		{"a.c[0].secret.missing", 5, 7, 5, 13, false},
		{"d[1]", 7, 11, 7, 12, true},
		{"e", 8, 4, 8, 6, true},
		{"a.zz", 1, 1, 1, 2, false},
		{"f", 9, 1, 9, 2, true},
	} {
		p, err := lint.ParsePath(tc.path)
		if err != nil {
			t.Fatal(err)
		}
		s, found := root.Locate(p)
		if s.Line != tc.line || s.Column != tc.col || s.EndLine != tc.el || s.EndCol != tc.ec || found != tc.found {
			t.Errorf("%s: got %+v %v", tc.path, s, found)
		}
	}
}
