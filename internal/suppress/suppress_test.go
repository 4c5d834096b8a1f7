package suppress_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/suppress"
	"github.com/helmvet/helmvet/internal/values"
)

func parse(src string) *values.Document {
	return values.Parse("v.yaml", []byte(src), values.DefaultLimits)
}

// at makes a finding of a rule on a line.
func at(line int, rule string) lint.Finding {
	return lint.Finding{Rule: rule, Severity: lint.Error, Message: "m", Span: lint.Span{File: "v.yaml", Line: line, Column: 1, EndLine: line, EndCol: 2}}
}

func known(rule string) bool {
	return slices.Contains([]string{"core/tab", "core/yaml-syntax", "core/boolean-word", "pack/uuid-v4", "pack/direct-secret"}, rule)
}

func show(fs []lint.Finding) []string {
	var out []string
	for _, f := range fs {
		s := fmt.Sprintf("%d %s", f.Span.Line, f.Rule)
		if strings.HasPrefix(f.Rule, "core/suppress-") {
			s = fmt.Sprintf("%d:%d %s: %s", f.Span.Line, f.Span.Column, f.Rule, f.Message)
		}
		out = append(out, s)
	}
	return out
}

func TestApply(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, src  string
		in         []lint.Finding
		kept, gone []string
	}{
		{"same line", "a: 1 # helmvet:ignore pack/uuid-v4 -- lab\nb: 2\n", []lint.Finding{at(1, "pack/uuid-v4"), at(1, "core/tab"), at(2, "pack/uuid-v4")},
			[]string{"1 core/tab", "2 pack/uuid-v4"}, []string{"1 pack/uuid-v4"}},
		{"line above", "# helmvet:ignore pack/uuid-v4 -- lab\na: 1\nb: 2\n", []lint.Finding{at(2, "pack/uuid-v4"), at(3, "pack/uuid-v4")},
			[]string{"3 pack/uuid-v4"}, []string{"2 pack/uuid-v4"}},
		{"comments in a row", "# helmvet:ignore pack/uuid-v4 -- lab\n  # why\n# helmvet:ignore core/tab -- lab\na: 1\n", []lint.Finding{at(4, "pack/uuid-v4"), at(4, "core/tab")},
			nil, []string{"4 pack/uuid-v4", "4 core/tab"}},
		{"a blank line ends it", "# helmvet:ignore pack/uuid-v4 -- lab\n\na: 1\n", []lint.Finding{at(3, "pack/uuid-v4")},
			[]string{"3 pack/uuid-v4", "1:18 core/suppress-unused: pack/uuid-v4 reports nothing on line 2; delete the comment"}, nil},
		{"several rules", "a: 1 # helmvet:ignore pack/uuid-v4, core/tab,pack/direct-secret -- lab\n", []lint.Finding{at(1, "pack/uuid-v4"), at(1, "core/tab")},
			[]string{"1:46 core/suppress-unused: pack/direct-secret reports nothing on line 1; take it out of the comment"}, []string{"1 pack/uuid-v4", "1 core/tab"}},
		{"wildcards", "a: 1 # helmvet:ignore pack/* -- lab\nb: 2 # helmvet:ignore * -- lab\n", []lint.Finding{at(1, "pack/uuid-v4"), at(1, "core/tab"), at(2, "core/tab")},
			[]string{"1 core/tab"}, []string{"1 pack/uuid-v4", "2 core/tab"}},
		{"whole file", "# licence\n# helmvet:ignore-file pack/uuid-v4 -- lab\n---\na: 1\n", []lint.Finding{at(4, "pack/uuid-v4"), at(4, "core/tab")},
			[]string{"4 core/tab"}, []string{"4 pack/uuid-v4"}},
		{"whole file, too late", "a: 1\n# helmvet:ignore-file pack/uuid-v4 -- lab\n", []lint.Finding{at(1, "pack/uuid-v4")},
			[]string{"1 pack/uuid-v4", "2:23 core/suppress-unused: helmvet:ignore-file stands below the first line with content and silences nothing; move it to the top"}, nil},
		{"no reason", "a: 1 # helmvet:ignore core/tab\nb: 2 # helmvet:ignore core/tab --\n", []lint.Finding{at(1, "core/tab"), at(2, "core/tab")},
			[]string{"1 core/tab", "2 core/tab",
				"1:6 core/suppress-reason: the comment gives no reason and silences nothing; add -- and why core/tab may be ignored",
				"2:6 core/suppress-reason: the comment gives no reason and silences nothing; add -- and why core/tab may be ignored"}, nil},
		{"no rule", "a: 1 # helmvet:ignore\nb: 1 # helmvet:ignore -- because\n", nil,
			[]string{"1:6 core/suppress-reason: the comment names no rule and silences nothing; write # helmvet:ignore RULE -- reason",
				"2:6 core/suppress-reason: the comment names no rule and silences nothing; write # helmvet:ignore RULE -- reason"}, nil},
		{"unused", "a: 1 # helmvet:ignore core/tab -- lab\n", nil,
			[]string{"1:23 core/suppress-unused: core/tab reports nothing on line 1; delete the comment"}, nil},
		{"misspelt by one letter", "a: 1 # helmvet:ignore pack/uiud-v4 -- lab\n", nil,
			[]string{`1:23 core/suppress-unused: there is no rule "pack/uiud-v4"; did you mean "pack/uuid-v4"?`}, nil},
		{"misspelt, but reported", "a: 1 # helmvet:ignore pak/uuidv4 -- lab\n", []lint.Finding{at(1, "pack/uuid-v4")},
			[]string{"1 pack/uuid-v4", `1:23 core/suppress-unused: there is no rule "pak/uuidv4"; did you mean "pack/uuid-v4"?`}, nil},
		{"without the pack", "a: 1 # helmvet:ignore uuid-v4 -- lab\n", []lint.Finding{at(1, "pack/uuid-v4")},
			[]string{"1 pack/uuid-v4", `1:23 core/suppress-unused: there is no rule "uuid-v4"; did you mean "pack/uuid-v4"?`}, nil},
		{"nothing like it", "a: 1 # helmvet:ignore nonsense -- lab\n", nil,
			[]string{"1:23 core/suppress-unused: there is no rule \"nonsense\"; `helmvet rules` lists them"}, nil},
		{"another word", "a: 1 # helmvet:disable core/tab -- lab\n", nil,
			[]string{"1:6 core/suppress-unused: helmvet:disable is no comment that helmvet knows; write helmvet:ignore or helmvet:ignore-file"}, nil},
		{"syntax stays", "a: [ # helmvet:ignore core/yaml-syntax,core/tab -- lab\n", []lint.Finding{at(1, "core/yaml-syntax"), at(1, "core/tab")},
			[]string{"1 core/yaml-syntax", "1:23 core/suppress-unused: core/yaml-syntax cannot be ignored by a comment"}, []string{"1 core/tab"}},
		{"not judged in a broken file", "a: [\nb: 1 # helmvet:ignore pack/uuid-v4 -- lab\n", []lint.Finding{at(1, "core/yaml-syntax")},
			[]string{"1 core/yaml-syntax"}, nil},
		{"text is no comment", "a: '# helmvet:ignore core/tab -- x'\nb: |\n  # helmvet:ignore core/tab -- x\nc: \"x\n  # helmvet:ignore core/tab -- x\"\nd: x#helmvet:ignore core/tab -- x\n\"# helmvet:ignore core/tab -- x\": 1\ne: >-\n\n  x # helmvet:ignore core/tab -- x\n", []lint.Finding{at(1, "core/tab"), at(3, "core/tab"), at(5, "core/tab"), at(6, "core/tab")},
			[]string{"1 core/tab", "3 core/tab", "5 core/tab", "6 core/tab"}, nil},
		{"text in a broken file", "a: |\n  # helmvet:ignore core/tab -- x\n\n  y\nb: \"# helmvet:ignore core/tab -- x\"\nc: [\n", []lint.Finding{at(2, "core/tab")},
			[]string{"2 core/tab"}, nil},
		{"block string", "a: | # helmvet:ignore core/tab -- lab\n  x\n  y\nb: 1\n", []lint.Finding{at(2, "core/tab"), at(3, "core/tab"), at(4, "core/tab")},
			[]string{"4 core/tab"}, []string{"2 core/tab", "3 core/tab"}},
		{"above a block string", "# helmvet:ignore core/tab -- lab\na: |\n  x\nb: 1\n", []lint.Finding{at(3, "core/tab"), at(4, "core/tab")},
			[]string{"4 core/tab"}, []string{"3 core/tab"}},
		{"other file", "a: 1 # helmvet:ignore core/tab -- lab\n", []lint.Finding{{Rule: "core/tab", Span: lint.Span{File: "w.yaml", Line: 1, Column: 1}}},
			[]string{"1 core/tab", "1:23 core/suppress-unused: core/tab reports nothing on line 1; delete the comment"}, nil},
		{"reason with dashes", "a: ü # helmvet:ignore core/tab -- as in -- the manual\n", []lint.Finding{at(1, "core/tab")}, nil, []string{"1 core/tab"}},
		{"no comment", "a: 1\n", []lint.Finding{at(1, "core/tab")}, []string{"1 core/tab"}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			d := parse(tc.src)
			kept, gone := suppress.Policy{Docs: []*values.Document{d}, Known: known}.Apply(tc.in)
			if got := show(kept); !slices.Equal(got, tc.kept) {
				t.Errorf("kept\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tc.kept, "\n"))
			}
			if got := show(gone); !slices.Equal(got, tc.gone) {
				t.Errorf("suppressed\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tc.gone, "\n"))
			}
		})
	}
}

func TestFix(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ src, want string }{
		{"a: 1   # helmvet:ignore core/tab -- lab\nb: 2\n", "a: 1\nb: 2\n"},
		{"# helmvet:ignore core/tab -- lab\na: 1\n", "a: 1\n"},
		{"a: ü # helmvet:ignore core/tab -- lab", "a: ü"},
	} {
		d := parse(tc.src)
		kept, _ := suppress.Policy{Docs: []*values.Document{d, d}}.Apply(nil)
		if len(kept) != 1 || kept[0].Fix == nil {
			t.Fatalf("%q: %+v", tc.src, kept)
		}
		e := kept[0].Fix.Edits[0]
		got := tc.src[:d.Offset(e.Span.Line, e.Span.Column)] + e.Text + tc.src[d.Offset(e.Span.EndLine, e.Span.EndCol):]
		if got != tc.want {
			t.Errorf("%q: got %q, want %q", tc.src, got, tc.want)
		}
	}
}

func FuzzApply(f *testing.F) {
	for _, s := range []string{
		"a: 1 # helmvet:ignore core/tab -- lab\n",
		"# helmvet:ignore-file a,b -- c\na: |\n  # helmvet:ignore\n",
		"a: [\"# helmvet:\n", "#helmvet:", "# helmvet:ignore ü -- \u00a0",
	} {
		f.Add(s, 1)
	}
	f.Fuzz(func(t *testing.T, src string, line int) {
		d := parse(src)
		in := []lint.Finding{at(line, "core/tab"), at(line, "core/yaml-syntax")}
		kept, gone := suppress.Policy{Docs: []*values.Document{d}, Known: known}.Apply(in)
		n := 0
		for _, k := range kept {
			if !strings.HasPrefix(k.Rule, "core/suppress-") {
				n++
			} else if k.Span.Line < 1 || k.Span.EndCol < k.Span.Column {
				t.Errorf("bad span %+v", k)
			}
		}
		if n+len(gone) != len(in) {
			t.Errorf("%d findings in, %d kept, %d suppressed", len(in), n, len(gone))
		}
	})
}
