package lsp_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/app"
	"github.com/helmvet/helmvet/internal/fix"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/lsp"
)

var capable = object{"textDocument": object{
	"codeAction":     object{"codeActionLiteralSupport": object{}},
	"documentSymbol": object{"hierarchicalDocumentSymbolSupport": true},
}}

// cut takes the mark | out of a text and tells where it was.
func cut(t testing.TB, text string) (string, int, int) {
	t.Helper()
	before, after, ok := strings.Cut(text, "‸")
	if !ok {
		t.Fatalf("no cursor in %q", text)
	}
	return before + after, strings.Count(before, "\n"), len(before) - strings.LastIndex(before, "\n") - 1
}

type item struct {
	Label    string
	TextEdit struct {
		Range struct {
			Start, End struct{ Line, Character int }
		}
		NewText string
	}
}

func TestCompletion(t *testing.T) {
	t.Parallel()
	c := start(t, plain(), capable)
	for i, tc := range []struct{ name, text, want, not, after string }{
		{"top key", "tenantid: x\nten‸\n", "tenant", "tenantid", "tenantid: x\ntenant:\n"},
		{"nested key", "tenantid: x\ntenant:\n  general:\n    ‸\n", "sipDomain", "tenant", "tenantid: x\ntenant:\n  general:\n    sipDomain: \n"},
		{"key before others", "tenant:\n  ‸\n  general:\n    sipDomain: x\n", "pgdb", "general", ""},
		{"key with its colon", "tenantid: x\ntenant:\n  gener‸: {}\n", "general", "", "tenantid: x\ntenant:\n  general: {}\n"},
		{"boolean", "tenantid: x\ntenant:\n  redis:\n    isCluster: ‸\n", "true", "", "tenantid: x\ntenant:\n  redis:\n    isCluster: true\n"},
		{"in a quoted value", "tenantid: x\nimage:\n  pullPolicy: \"Alw‸\"\n", "", "", ""},
		{"broken text above", "tenantid: x\nfoo: [\ntenant:\n  general:\n    ‸\n", "sipDomain", "", ""},
		{"behind a colon", "tenantid: x\ntenant:‸\n", "", "tenant", ""},
		{"in a comment", "tenantid: x\ntenant: # general‸\n", "", "general", ""},
		{"in a script", "tenantid: x\nscript: |\n  ‸\n", "", "tenant", ""},
		{"in a block string", "tenantid: x\nvolumes: |\n  - ‸\n", "name", "volumes", ""},
		{"second key in a block string", "tenantid: x\nvolumes: |\n  - name: a\n    ‸\n", "hostPath", "name", ""},
		{"crlf", "tenantid: x\r\ntenant:\r\n  general:\r\n    ‸\r\n", "sipDomain", "", ""},
		{"kubernetes object", "apiVersion: k0rdent.mirantis.com/v1beta1\nkind: ServiceTemplateChain\nmetadata: {name: a}\nspec:\n  ‸\n", "", "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text, line, col := cut(t, tc.text)
			name := fmt.Sprintf("file:///x/%d-values.yaml", i)
			c.open(name, text)
			c.wait(name, 1)
			var got struct{ Items []item }
			c.call("textDocument/completion", at(name, line, col), &got)
			var labels []string
			for _, it := range got.Items {
				labels = append(labels, it.Label)
			}
			if tc.want != "" && !slices.Contains(labels, tc.want) {
				t.Errorf("%s is not among %v", tc.want, labels)
			}
			if tc.not != "" && slices.Contains(labels, tc.not) {
				t.Errorf("%s is among %v", tc.not, labels)
			}
			if tc.after == "" || t.Failed() {
				return
			}
			it := got.Items[slices.Index(labels, tc.want)]
			r := it.TextEdit.Range
			after, err := fix.Apply([]byte(text), []lint.Edit{{Span: lint.Span{
				Line: r.Start.Line + 1, Column: r.Start.Character + 1, EndLine: r.End.Line + 1, EndCol: r.End.Character + 1,
			}, Text: it.TextEdit.NewText}})
			if err != nil || string(after) != tc.after {
				t.Errorf("the text becomes %q (%v), wanted %q", after, err, tc.after)
			}
		})
	}
}

func TestIgnore(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, text, rule string }{
		{"plain", tenant, "genesys-tenant/uuid-v4"},
		{"nested", "a:\n  b: yes\n", "core/boolean-word"},
		{"crlf", "a:\r\n  b: yes\r\n", "core/boolean-word"},
		{"block string", "tenantid: 9350e2fc-a1dd-4c65-8d40-1f75a2e00199\nvolumes: |\n  - name: a\n    hostPath: {path: /x}\n    nonsense: 1\n", "genesys-tenant/unknown-key"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			c := start(t, plain(), capable)
			c.open(file, tc.text)
			got := c.wait(file, 1)
			i := slices.IndexFunc(got.Diagnostics, func(d diagnostic) bool { return string(d.Code) == tc.rule })
			if i < 0 {
				t.Fatalf("%s is not among %s", tc.rule, got.codes())
			}
			d := got.Diagnostics[i]
			for _, a := range c.actions(file, d.Range.Start.Line, d.Range.Start.Character) {
				if !strings.HasPrefix(a.Title, "Ignore "+tc.rule) {
					continue
				}
				e := a.Edit.Changes[file][0]
				e.NewText = strings.Replace(e.NewText, " -- ", " -- it is a test", 1)
				c.change(file, 2, object{"range": e.Range, "text": e.NewText})
				if got := c.wait(file, 2); strings.Contains(got.codes(), tc.rule) || strings.Contains(got.codes(), "suppress") {
					t.Errorf("with the comment there is %s", got.codes())
				}
				return
			}
			t.Error("no action ignores it")
		})
	}
}

type action struct {
	Title, Kind string
	IsPreferred bool
	Edit        struct {
		Changes map[string][]struct {
			Range   any
			NewText string
		}
	}
}

func (c *client) actions(uri string, line, col int) []action {
	c.t.Helper()
	var out []action
	c.call("textDocument/codeAction", object{"textDocument": object{"uri": uri}, "range": span(line, col, line, col), "context": object{"diagnostics": list{}}}, &out)
	return out
}

func TestFix(t *testing.T) {
	t.Parallel()
	c := start(t, plain(), capable)
	c.open(file, "tenantid: 9350e2fc-a1dd-4c65-8d40-1f75a2e00199\ntenant:\n  general:\n    sipDomian: x.example.com\n")
	c.wait(file, 1)
	for _, a := range c.actions(file, 3, 5) {
		if !a.IsPreferred {
			continue
		}
		for _, e := range a.Edit.Changes[file] {
			c.change(file, 2, object{"range": e.Range, "text": e.NewText})
		}
		if got := c.wait(file, 2); strings.Contains(got.codes(), "unknown-key") {
			t.Errorf("after %q there is %s", a.Title, got.codes())
		}
		return
	}
	t.Error("no fix is offered for a misspelt key")
}

// project is the command in a folder of files.
func project(t *testing.T, files map[string]string) (c *client, path func(string) string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	end := make(chan error, 1)
	log := &buffer{}
	go func() {
		code := app.Run(context.Background(), []string{"lsp", "--stdio"}, app.Streams{In: in, Out: out, Err: log})
		var err error
		if code != 0 {
			err = fmt.Errorf("exit code %d: %w", code, lsp.ErrNoShutdown)
		}
		out.Close()
		end <- err
	}()
	c = connect(t, pipe{fromServer, toServer}, end, log)
	c.call("initialize", object{"capabilities": capable, "rootUri": uri(dir)}, nil)
	c.notify("initialized", object{})
	return c, func(name string) string { return uri(filepath.Join(dir, name)) }
}

const releases = `releases:
  - {name: t0100, location: west, namespace: voice, chart: {name: tenant}, values: [base.yaml, west.yaml]}
  - {name: t0100, location: east, namespace: voice, chart: {name: tenant}, values: [base.yaml, east.yaml]}
`

func (c *client) hover(uri string, line, col int) string {
	c.t.Helper()
	var h struct{ Contents struct{ Value string } }
	c.call("textDocument/hover", at(uri, line, col), &h)
	return h.Contents.Value
}

func TestReleases(t *testing.T) {
	t.Parallel()
	base := "tenantid: 9350e2fc-a1dd-4c65-8d40-1f75a2e00199\ntenant:\n  general:\n    sipDomain: base.example.com\n  pgdb:\n    pwd: hunter2hunter2\n"
	west := "tenant:\n  general:\n    sipDomain: west.example.com\n"
	c, path := project(t, map[string]string{
		".helmvet.yaml": releases, "base.yaml": base, "west.yaml": west, "east.yaml": "{}\n",
	})
	c.open(path("base.yaml"), base)
	c.open(path("west.yaml"), west)
	c.wait(path("base.yaml"), 1)
	// A release is whole, so what is missing is told, which no file by itself could be.
	c.until(path("base.yaml"), "judged as a release", func(ds []diagnostic) bool { return len(ds) > 2 })

	text := c.hover(path("base.yaml"), 3, 6)
	for _, want := range []string{"release t0100 at west", "west.example.com", "west.yaml:3:16", "release t0100 at east", "line 4 of this file"} {
		if !strings.Contains(text, want) {
			t.Errorf("hover does not tell %q:\n%s", want, text)
		}
	}
	if text := c.hover(path("base.yaml"), 5, 5); !strings.Contains(text, "secret") || strings.Contains(text, "hunter2") {
		t.Errorf("hover on a secret:\n%s", text)
	}
	var locs []struct {
		URI   string
		Range struct{ Start struct{ Line int } }
	}
	c.call("textDocument/definition", at(path("base.yaml"), 3, 6), &locs)
	if len(locs) != 1 || locs[0].URI != path("west.yaml") || locs[0].Range.Start.Line != 2 {
		t.Errorf("definition from the base leads to %v", locs)
	}
	c.call("textDocument/definition", at(path("west.yaml"), 2, 6), &locs)
	if len(locs) != 1 || locs[0].URI != path("base.yaml") || locs[0].Range.Start.Line != 3 {
		t.Errorf("definition from the layer leads to %v", locs)
	}
	// What is typed in one layer counts for the other, unsaved.
	c.change(path("west.yaml"), 2, edit(2, 15, 31, "other.example.com"))
	c.wait(path("west.yaml"), 2)
	c.until(path("base.yaml"), "linted again", func([]diagnostic) bool {
		return strings.Contains(c.hover(path("base.yaml"), 3, 6), "other.example.com")
	})
	// Broken, and mended.
	c.change(path("west.yaml"), 3, edit(0, 6, 7, ""))
	c.until(path("west.yaml"), "broken", has("core/yaml-syntax"))
	c.change(path("west.yaml"), 4, edit(0, 6, 6, ":"))
	c.until(path("west.yaml"), "mended", func(ds []diagnostic) bool { return !has("core/yaml-syntax")(ds) })
}

// Rules about the fleet speak, too, and keep speaking while something is typed.
func TestFleet(t *testing.T) {
	t.Parallel()
	a := "tenantid: 9350e2fc-a1dd-4c65-8d40-1f75a2e00199\ntenant:\n  general:\n    sipDomain: a.example.com\n"
	b := "tenantid: 9350e2fc-a1dd-4c65-8d40-1f75a2e00198\ntenant:\n  general:\n    sipDomain: b.example.com\n"
	c, path := project(t, map[string]string{
		".helmvet.yaml": strings.NewReplacer("[base.yaml, west.yaml]", "[a.yaml]", "[base.yaml, east.yaml]", "[b.yaml]").Replace(releases), "a.yaml": a, "b.yaml": b,
	})
	c.open(path("b.yaml"), b)
	fleet := func(ds []diagnostic) bool {
		return slices.ContainsFunc(ds, func(d diagnostic) bool {
			return slices.ContainsFunc(d.RelatedInformation, func(r struct {
				Location struct{ URI string }
				Message  string
			}) bool {
				return r.Location.URI == path("a.yaml")
			})
		})
	}
	c.until(path("b.yaml"), "compared with the other location", fleet)
	for v := 2; v < 8; v++ {
		c.change(path("b.yaml"), v, object{"range": span(1, 0, 1, 0), "text": "# more\n"})
		if got := c.wait(path("b.yaml"), v); !fleet(got.Diagnostics) {
			t.Errorf("while it is typed, there is %s", got.codes())
		}
	}
}

func TestConfiguration(t *testing.T) {
	t.Parallel()
	c, path := project(t, map[string]string{".helmvet.yaml": "rules:\n  core/boolean-word: \"off\"\n", "a-values.yaml": "a: yes\n"})
	c.open(path("a-values.yaml"), "a: yes\n")
	if got := c.wait(path("a-values.yaml"), 1); len(got.Diagnostics) > 0 {
		t.Errorf("a rule that is off says %s", got.codes())
	}
	c.open(path(".helmvet.yaml"), "rules:\n  core/boolean-wird: off\n  x: [\n")
	got := c.wait(path(".helmvet.yaml"), 1)
	if len(got.Diagnostics) == 0 || got.Diagnostics[0].Range.Start.Line == 0 {
		t.Errorf("a broken configuration has %+v", got)
	}
	name := strings.TrimPrefix(path(".helmvet.yaml"), "file://")
	if err := os.WriteFile(name, []byte("rules: {core/boolean-word: error}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.notify("workspace/didChangeWatchedFiles", object{"changes": list{object{"uri": path(".helmvet.yaml"), "type": 2}}})
	c.until(path("a-values.yaml"), "an error", has("core/boolean-word"))
	if err := os.WriteFile(name, []byte("rulez: {}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.notify("textDocument/didSave", object{"textDocument": object{"uri": path("a-values.yaml")}})
	c.until(path("a-values.yaml"), "told of the configuration", func(ds []diagnostic) bool {
		return len(ds) == 1 && strings.Contains(ds[0].Message, "rulez")
	})
}

func TestTemplates(t *testing.T) {
	t.Parallel()
	c, path := project(t, map[string]string{
		".helmvet.yaml":           "releases: [{name: a, chart: {path: chart}, values: [prod.yaml]}]\n",
		"chart/Chart.yaml":        "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
		"chart/values.yaml":       "color: red\nsize: 1\n",
		"chart/templates/cm.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  color: {{ .Values.color | quote }}\n",
		"prod.yaml":               "color: blue\n",
	})
	c.open(path("prod.yaml"), "color: blue\n")
	c.wait(path("prod.yaml"), 1)
	if text := c.hover(path("prod.yaml"), 0, 2); !strings.Contains(text, "chart's default") || !strings.Contains(text, "cm.yaml:5") {
		t.Errorf("hover tells\n%s", text)
	}
	var locs []struct {
		URI   string
		Range struct{ Start struct{ Line int } }
	}
	c.call("textDocument/definition", at(path("prod.yaml"), 0, 2), &locs)
	got := fmt.Sprint(locs)
	if !strings.Contains(got, "chart/values.yaml {{0") || !strings.Contains(got, "templates/cm.yaml {{4") {
		t.Errorf("definition leads to %s", got)
	}
	// A template is no values file.
	c.open(path("chart/templates/cm.yaml"), "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  color: yes\n")
	if got := c.wait(path("chart/templates/cm.yaml"), 1); len(got.Diagnostics) > 0 {
		t.Errorf("a template has %s", got.codes())
	}
}

func TestSymbols(t *testing.T) {
	t.Parallel()
	c := start(t, plain(), capable)
	c.open(file, "a: &x\n  pwd: secret\nb:\n  - name: one\n  - 2\nvolumes: |\n  - name: v\n    emptyDir: {}\nc: *x\n")
	var got []struct {
		Name, Detail string
		Children     []struct {
			Name     string
			Children []struct{ Name string }
		}
	}
	c.call("textDocument/documentSymbol", object{"textDocument": object{"uri": file}}, &got)
	if want := "[{a  [{pwd []}]} {b  [{0 one [{name}]} {1 []}]} {volumes  [{0 v [{name} {emptyDir}]}]} {c  []}]"; fmt.Sprint(got) != want {
		t.Errorf("the outline is\n%v, wanted\n%s", got, want)
	}
}
