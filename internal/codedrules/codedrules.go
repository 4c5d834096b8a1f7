// Package codedrules joins the words of rules that are written in Go with
// their examples.
package codedrules

import (
	"io/fs"
	"path"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/helmvet/helmvet/internal/lint"
)

// WithExamples completes rules: each gets its engine and the examples of its
// archive NAME.txtar in fsys. It panics on a rule without one, because the
// archives are embedded and tests see to them.
func WithExamples(rules []lint.Rule, fsys fs.FS) []lint.Rule {
	for i := range rules {
		r := &rules[i]
		r.Engine = "go"
		r.Facts = []string{}
		data, err := fs.ReadFile(fsys, path.Base(r.ID)+".txtar")
		if err != nil {
			panic(err)
		}
		r.Examples = Parse(data)
	}
	return rules
}

// Parse reads an archive of examples. Each is a file good/NAME.yaml or
// bad/NAME.yaml, or a folder of that name with several files, which become one
// text parted by `# file` lines. A file `want` in a folder is for tests alone.
func Parse(data []byte) []lint.Example {
	var out []lint.Example
	for _, f := range txtar.Parse(data).Files {
		kind, rest, _ := strings.Cut(f.Name, "/")
		name, file, several := strings.Cut(rest, "/")
		text := string(f.Data)
		switch {
		case !several:
			name = strings.TrimSuffix(name, ".yaml")
		case file == "want":
			continue
		default:
			text = "# file " + file + "\n" + text
		}
		if n := len(out) - 1; several && n >= 0 && out[n].Kind == kind && out[n].Name == name {
			out[n].Text += "---\n" + text
			continue
		}
		out = append(out, lint.Example{Kind: kind, Name: name, Text: text})
	}
	return out
}
