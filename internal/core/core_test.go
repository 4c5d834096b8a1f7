package core_test

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/helmvet/helmvet/internal/core"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/suppress"
	"github.com/helmvet/helmvet/internal/values"
)

func parse(t testing.TB, name, src string) *values.Document {
	t.Helper()
	return values.Parse(name, []byte(src), values.DefaultLimits)
}

func known(rule string) bool {
	return slices.ContainsFunc(core.Rules(), func(r lint.Rule) bool { return r.ID == rule })
}

// judge runs the whole pack over the files of one example.
func judge(t testing.TB, files []txtar.File) []lint.Finding {
	t.Helper()
	var out []lint.Finding
	var docs []*values.Document
	var layers []*values.Layer
	for _, f := range files {
		d := parse(t, f.Name, string(f.Data))
		docs = append(docs, d)
		layers = append(layers, &values.Layer{Kind: values.File, Name: f.Name, Doc: d, Root: d.Values()})
		out = append(out, core.Check(d, core.Options{Merged: len(files) > 1})...)
	}
	if len(files) > 1 {
		out = append(out, core.CheckLayers(values.MergeFiles(layers...), core.Options{})...)
	}
	kept, _ := suppress.Policy{Docs: docs, Known: known, Today: "2026-06-01"}.Apply(out)
	return kept
}

// wants reads the expectations of a file: RULE@LINE.
func wants(f txtar.File) map[string]bool {
	out := map[string]bool{}
	add := func(line int, rules string) {
		for r := range strings.FieldsSeq(rules) {
			out[fmt.Sprintf("%s:%d %s", f.Name, line, r)] = true
		}
	}
	for i, line := range strings.Split(string(f.Data), "\n") {
		if rest, ok := strings.CutPrefix(line, "# want-at "); ok {
			n, rules, _ := strings.Cut(rest, " ")
			at, err := strconv.Atoi(n)
			if err != nil {
				panic(err)
			}
			add(at, rules)
		} else if _, rules, ok := strings.Cut(line, "# want "); ok {
			add(i+1, rules)
		}
	}
	return out
}

func TestExamples(t *testing.T) {
	t.Parallel()
	names, err := fs.Glob(core.Examples(), "*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if len(names) != len(core.Rules()) {
		t.Errorf("%d files of examples for %d rules", len(names), len(core.Rules()))
	}
	for _, name := range names {
		data, err := fs.ReadFile(core.Examples(), name)
		if err != nil {
			t.Fatal(err)
		}
		rule := "core/" + strings.TrimSuffix(name, ".txtar")
		var groups [][]txtar.File
		for _, f := range txtar.Parse(data).Files {
			if n := len(groups); strings.Count(f.Name, "/") == 2 && n > 0 && path.Dir(groups[n-1][0].Name) == path.Dir(f.Name) {
				groups[n-1] = append(groups[n-1], f)
				continue
			}
			groups = append(groups, []txtar.File{f})
		}
		seen := map[string]bool{}
		for _, g := range groups {
			kind, _, _ := strings.Cut(g[0].Name, "/")
			seen[kind] = true
			t.Run(rule+"/"+strings.TrimSuffix(g[0].Name, ".yaml"), func(t *testing.T) {
				t.Parallel()
				runExample(t, rule, kind, g)
			})
		}
		if !seen["good"] || !seen["bad"] {
			t.Errorf("%s: want good and bad examples", name)
		}
	}
}

func runExample(t *testing.T, rule, kind string, files []txtar.File) {
	want := map[string]bool{}
	for _, f := range files {
		maps.Copy(want, wants(f))
	}
	got := map[string]bool{}
	fired := false
	for _, f := range judge(t, files) {
		at := fmt.Sprintf("%s:%d %s", f.Span.File, f.Span.Line, f.Rule)
		fired = fired || f.Rule == rule
		got[at] = true
		if !want[at] && (f.Rule == rule || kind == "bad" && f.Rule == "core/yaml-syntax") {
			t.Errorf("unexpected %s: %s", at, f.Message)
		}
		checkShape(t, f)
	}
	for at := range want {
		if !got[at] {
			t.Errorf("missing %s", at)
		}
	}
	if kind == "bad" && !fired {
		t.Errorf("%s says nothing", rule)
	}
}

// checkShape tests what holds for every finding.
func checkShape(t *testing.T, f lint.Finding) {
	t.Helper()
	if !known(f.Rule) {
		t.Errorf("%s is no rule of the pack", f.Rule)
	}
	s := f.Span
	if s.File == "" || s.Line < 1 || s.Column < 1 || s.EndLine < s.Line || s.EndLine == s.Line && s.EndCol < s.Column {
		t.Errorf("%s: bad span %+v", f.Rule, s)
	}
	if f.Message == "" || strings.HasSuffix(f.Message, ".") || strings.Contains(f.Message, "%!") || strings.Contains(f.Message, "  ") {
		t.Errorf("%s: bad message %q", f.Rule, f.Message)
	}
	if f.Severity == lint.Off {
		t.Errorf("%s: no severity", f.Rule)
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, r := range core.Rules() {
		if seen[r.ID] {
			t.Errorf("%s twice", r.ID)
		}
		seen[r.ID] = true
		if r.Title == "" || r.Description == "" || r.Remediation == "" || r.Source == nil || r.Engine != "go" || r.Facts == nil || len(r.Examples) < 2 {
			t.Errorf("%s: incomplete: %+v", r.ID, r)
		}
		if _, err := lint.ParseSeverity(r.Severity); err != nil {
			t.Errorf("%s: %v", r.ID, err)
		}
	}
}

// apply makes the edits of fixes, last place first.
func apply(d *values.Document, fixes []*lint.Fix) string {
	var edits []lint.Edit
	for _, f := range fixes {
		edits = append(edits, f.Edits...)
	}
	slices.SortFunc(edits, func(a, b lint.Edit) int {
		return d.Offset(b.Span.Line, b.Span.Column) - d.Offset(a.Span.Line, a.Span.Column)
	})
	text := string(d.Data)
	for _, e := range edits {
		from, to := d.Offset(e.Span.Line, e.Span.Column), d.Offset(e.Span.EndLine, e.Span.EndCol)
		text = text[:from] + e.Text + text[to:]
	}
	return text
}

// TestFixes applies every fix of the bad examples, one at a time, and wants its
// finding gone and nothing broken.
func TestFixes(t *testing.T) {
	t.Parallel()
	fixed := map[string]bool{}
	for _, r := range core.Rules() {
		for _, e := range r.Examples {
			if e.Kind != "bad" || strings.HasPrefix(e.Text, "# file ") {
				continue
			}
			d := parse(t, "values.yaml", e.Text)
			before := core.Check(d, core.Options{})
			for _, f := range before {
				if f.Fix == nil {
					continue
				}
				fixed[f.Rule] = true
				text := apply(d, []*lint.Fix{f.Fix})
				after := core.Check(parse(t, "values.yaml", text), core.Options{})
				if n, m := count(before, f.Rule), count(after, f.Rule); m >= n {
					t.Errorf("%s %s: %d findings before the fix %q, %d after:\n%s", r.ID, e.Name, n, f.Fix.Description, m, text)
				}
				if f.Rule != "core/yaml-syntax" && count(after, "core/yaml-syntax") > count(before, "core/yaml-syntax") {
					t.Errorf("%s %s: the fix %q breaks the file:\n%s", r.ID, e.Name, f.Fix.Description, text)
				}
			}
		}
	}
	for _, rule := range []string{"yaml-syntax", "duplicate-key", "boolean-key", "boolean-word", "version-float", "octal-number", "large-integer", "lost-document", "tab", "typographic-quote"} {
		if !fixed["core/"+rule] {
			t.Errorf("no fix of core/%s was seen", rule)
		}
	}
}

func count(fs []lint.Finding, rule string) int {
	n := 0
	for _, f := range fs {
		if f.Rule == rule {
			n++
		}
	}
	return n
}

func TestMessages(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, src string
		opt       core.Options
		want      []string
	}{
		{"what is lost", "a: {b: 1, c: 2}\na: {b: 3}\n", core.Options{}, []string{
			`2:1 error core/duplicate-key: key "a" stands twice in this mapping: Helm keeps this one and drops the keys c of line 1; join them into one`,
		}},
		{"three times", "a: 1\na: 2\na: 3\n", core.Options{}, []string{
			`3:1 error core/duplicate-key: key "a" stands 3 times in this mapping: Helm keeps this one and drops 2 of line 2; join them into one`,
		}},
		{"float", "image:\n  tag: 1.10\n", core.Options{}, []string{
			`2:8 error core/version-float: tag 1.10 is a number to Helm and becomes 1.1; write "1.10"`,
		}},
		{"octal", "id: 0100\n", core.Options{}, []string{
			`1:5 warning core/octal-number: id 0100 is an octal number to Helm and becomes 64; write "0100" if it is text, or the decimal number`,
		}},
		{"zeros", "id: 089\n", core.Options{}, []string{
			`1:5 warning core/octal-number: id 089 is a number to Helm, loses the zeros in front and becomes 89; write "089" if it is text, or the decimal number`,
		}},
		{"digits", "a: 12345678901234567890\n", core.Options{}, []string{
			`1:4 error core/large-integer: 12345678901234567890 loses digits: Helm keeps numbers as 64-bit floats and makes it 12345678901234567000; write "12345678901234567890"`,
		}},
		{"info", "a: $X\nb: ${X}\n", core.Options{}, []string{
			`1:4 info core/placeholder: placeholder $X waits for a value in 2 places; give it with --env X=... or --env-file, and what depends on it is judged too`,
		}},
		{"final", "a: $X\n", core.Options{Final: true}, []string{
			`1:4 warning core/placeholder: placeholder $X is left over, and Helm takes the text as it stands; give it a value with --env X=... or --env-file`,
		}},
		{"a layer", "a: $X\n", core.Options{Merged: true}, nil},
		{"known path", "a:\n  host: b–c\n", core.Options{Known: func(p lint.Path) bool { return p.String() == "a.host" }}, []string{
			`2:10 error core/typographic-quote: "b–c" holds a typographic dash – (U+2013); type -`,
		}},
		{"known child", "tenant:\n  secrets:\npgdb:\n  pwd: {secretName: a}\n", core.Options{Known: func(p lint.Path) bool { return p.String() == "tenant.secrets.pgdb" }}, []string{
			`2:3 warning core/null-map: secrets is empty, which is null and deletes the chart's default; indent pgdb, which belongs below it`,
		}},
		{"manifests", "apiVersion: v1\nkind: ConfigMap\n---\napiVersion: v1\nkind: Secret\nstringData: {password: abc, user: $X}\n", core.Options{Manifest: true}, []string{
			`6:1 warning core/clear-text-secret: this Secret holds its values in the file (password); keep it out of the repository, or seal or encrypt it`,
			`6:35 info core/placeholder: placeholder $X waits for a value; give it with --env X=... or --env-file, and what depends on it is judged too`,
		}},
		{"schema of a resource", "apiVersion: a/v1\nkind: CustomResourceDefinition\nspec: {properties: {password: {type: string, default: abc}, token: xyz}}\n", core.Options{Manifest: true}, nil},
		{"broken second document", "a: 1\n---\nb: [\n", core.Options{}, []string{
			`2:1 error core/lost-document: Helm 3 reads only the first document of a values file and drops this one, and Helm 4 refuses it as no valid YAML; delete it`,
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, f := range core.Check(parse(t, "v.yaml", tc.src), tc.opt) {
				got = append(got, fmt.Sprintf("%d:%d %s %s: %s", f.Span.Line, f.Span.Column, f.Severity, f.Rule, f.Message))
			}
			if !slices.Equal(got, tc.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tc.want, "\n"))
			}
		})
	}
}

// TestNoSecretInMessages puts one secret wherever a message could repeat it.
func TestNoSecretInMessages(t *testing.T) {
	t.Parallel()
	const secret = "Zk3q9TtX"
	for _, src := range []string{
		"password: " + secret + "\npassword: other\n",
		"token: “" + secret + "”\n",
		"password: " + secret + "<registry>\n",
		"a: {password: " + secret + "}\na: {b: 1}\n",
		"password: *" + secret + "\n",
		"a:\n  - password: *" + secret + "\n",
		"{password: *" + secret + "}\n",
		"url: amqp://u:" + secret + "@h\nurl: b\n",
		"host: amqp://u:" + secret + "@h–x\n",
		"pwd: @" + secret + "\n",
		"password: \"" + secret + "\nb: c\n",
		"password: a: " + secret + "\n",
		"# comment\n" + secret + "\na: 1\n",
	} {
		for _, f := range core.Check(parse(t, "v.yaml", src), core.Options{}) {
			if strings.HasPrefix(src, "#") && f.Rule == "core/yaml-syntax" {
				continue // nothing says that the word is a secret
			}
			text := f.Message
			for _, r := range f.Related {
				text += r.Message
			}
			if f.Fix != nil {
				text += f.Fix.Description
			}
			if strings.Contains(text, secret) {
				t.Errorf("%q: %s: %s", src, f.Rule, text)
			}
		}
	}
}

func TestCheckLayersOfChart(t *testing.T) {
	t.Parallel()
	layer := func(kind values.LayerKind, name, src string) *values.Layer {
		d := parse(t, name, src)
		return &values.Layer{Kind: kind, Name: name, Doc: d, Root: d.Values()}
	}
	v := values.MergeFiles(
		layer(values.ChartDefaults, "chart/values.yaml", "env: [{name: A}, {name: B}]\nprobe: {path: /, port: 80}\ntls: {a: 1}\nscript: echo $HOME\nlist: [{name: x}]\nhosts: [{host: example.com}]\naffinity: |\n  podAntiAffinity: {}\nspread: |\n  a: 1\n  b: 2\n"),
		layer(values.File, "a.yaml", "env: [{name: B}]\nprobe: null\ntls: true\nlist: []\nextra: {k: 1}\nhosts: [{host: mine.example.com}]\naffinity: {nodeAffinity: {}}\nspread: {a: 3}\n"),
		layer(values.File, "b.yaml", "extra:\n"),
	)
	var got []string
	for _, f := range core.CheckLayers(v, core.Options{}) {
		got = append(got, fmt.Sprintf("%s:%d %s %s: %s", f.Span.File, f.Span.Line, f.Severity, f.Rule, f.Message))
	}
	want := []string{
		"a.yaml:1 info core/list-replaced: lists do not merge: env replaces the list of chart/values.yaml and drops A; repeat here what is still wanted",
		"a.yaml:2 info core/null-map: null deletes probe of chart/values.yaml, with the keys path, port; leave the key out to keep it",
		"a.yaml:3 warning core/map-replaced: the boolean true replaces the mapping of chart/values.yaml and drops the keys a; write a mapping",
		"a.yaml:8 info core/map-replaced: a mapping does not merge with the block string of chart/values.yaml: spread replaces it as a whole and drops the keys b; repeat them here",
		"b.yaml:1 warning core/null-map: extra is empty, which is null and deletes the mapping of a.yaml with the keys k; leave the key out, or write null if you mean it",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := core.CheckLayers(nil, core.Options{}); got != nil {
		t.Errorf("no values: %v", got)
	}
}

func FuzzCheck(f *testing.F) {
	for _, r := range core.Rules() {
		for _, e := range r.Examples {
			f.Add(e.Text)
		}
	}
	f.Fuzz(func(t *testing.T, src string) {
		d := values.Parse("f.yaml", []byte(src), values.DefaultLimits)
		for _, manifest := range []bool{false, true} {
			for _, x := range core.Check(d, core.Options{Manifest: manifest, Known: func(lint.Path) bool { return true }}) {
				if x.Span.Line < 1 || x.Span.Column < 1 || x.Message == "" {
					t.Errorf("%s: %+v", x.Rule, x)
				}
				if x.Fix != nil {
					apply(d, []*lint.Fix{x.Fix})
				}
			}
		}
		l := &values.Layer{Kind: values.File, Name: "f.yaml", Doc: d, Root: d.Values()}
		core.CheckLayers(values.MergeFiles(l), core.Options{})
	})
}

// BenchmarkCheck judges a values file of 300 lines without mistakes.
func BenchmarkCheck(b *testing.B) {
	var src strings.Builder
	for i := range 25 {
		fmt.Fprintf(&src, "service%d:\n  image:\n    registry: $REGISTRY\n    repository: team/app\n    tag: 1.9.5\n  replicas: 2\n  env:\n    - name: LOG_LEVEL\n      value: info\n  auth:\n    existingSecret: auth-%d\n  enabled: true\n", i, i)
	}
	d := parse(b, "values.yaml", src.String())
	b.ReportAllocs()
	for b.Loop() {
		core.Check(d, core.Options{})
	}
}

// BenchmarkCheckBroken looks for the mistake in the same file.
func BenchmarkCheckBroken(b *testing.B) {
	var src strings.Builder
	for i := range 60 {
		fmt.Fprintf(&src, "service%d:\n  image:\n    repository: team/app\n    tag: 1.9.5\n  replicas: 2\n", i)
		if i == 40 {
			src.WriteString("  logging\n    level: info\n")
		}
	}
	d := parse(b, "values.yaml", src.String())
	for b.Loop() {
		core.Check(d, core.Options{})
	}
}
