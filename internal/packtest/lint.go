package packtest

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"cuelang.org/go/cue/format"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/regocheck"
	"github.com/helmvet/helmvet/internal/regostyle"
	"github.com/helmvet/helmvet/policies"
)

// Lint says what of a pack works but should be better: the form of its Rego and
// CUE, and what is missing from its rules. Each problem is "FILE:LINE: what
// [check]". The error says that a file cannot be read.
func Lint(p *pack.Pack) ([]string, error) {
	var out []string
	say := func(file string, row int, check, format string, args ...any) {
		out = append(out, fmt.Sprintf("%s:%d: %s [%s]", path.Join(p.Dir, file), row, fmt.Sprintf(format, args...), check))
	}
	if p.PolicyFS != nil {
		if err := lintRego(p, say); err != nil {
			return nil, err
		}
	}
	names, err := fs.Glob(p.SchemaFS, "*.cue")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		text, err := fs.ReadFile(p.SchemaFS, name)
		if err != nil {
			return nil, err
		}
		want, err := format.Source(text)
		if err == nil && string(want) != string(text) {
			say(name, firstDifference(string(text), string(want)), "cue-fmt", "is not formatted; run cue fmt on it")
		}
	}
	s, err := p.Schema()
	if err != nil {
		return nil, err
	}
	if s.HasValues() && len(p.Charts)+len(p.Markers)+len(p.Keys) == 0 {
		say("pack.cue", 1, "never-detected", "pack has #Values, but names no charts, markers or keys, so that it judges only where it is asked for; add charts")
	}
	for _, m := range p.Markers {
		if near, refused := s.Refuses(keys(m)); s.HasValues() && refused {
			say("pack.cue", 1, "marker-unknown", "marker %q is no path of #Values%s", m, meant(near))
		}
	}
	slices.Sort(out)
	return out, nil
}

func lintRego(p *pack.Pack, say func(file string, row int, check, format string, args ...any)) error {
	folders := map[string][]string{} // of rules, with their files
	err := fs.WalkDir(p.PolicyFS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		folder := path.Dir(name)
		folders[folder] = append(folders[folder], path.Base(name))
		if path.Ext(name) != ".rego" {
			return nil
		}
		text, err := fs.ReadFile(p.PolicyFS, name)
		if err != nil {
			return err
		}
		src, err := regostyle.Parse(path.Join(p.Dir, name), string(text))
		if err != nil {
			return regocheck.Readable(err)
		}
		if src.Module == nil {
			say(name, 1, "empty-file", "file holds no policy; remove it, or begin with the package clause")
			return nil
		}
		src.Name = path.Join(p.Name, name) // which the package has to follow
		for check, find := range regostyle.Checks {
			for _, bad := range find(src) {
				say(name, bad.Row, check, "%s", bad.Message)
			}
		}
		if strings.HasSuffix(name, "/rule.rego") {
			for _, bad := range regostyle.Metadata(src) {
				say(name, bad.Row, "metadata", "%s", bad.Message)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	rules, err := p.RuleIDs()
	if err != nil {
		return err
	}
	for _, id := range rules {
		r, _, err := p.Rule(id)
		if err != nil {
			return err
		}
		_, short, _ := strings.Cut(id, "/")
		file := path.Join(short, "rule.rego")
		if r.Engine == "cue" {
			file = "rules.cue"
		}
		if len(strings.Fields(r.Description)) < 5 {
			say(file, 1, "description", "rule %s does not say why; describe what goes wrong", id)
		}
		if r.Remediation == "" {
			say(file, 1, "remediation", "rule %s does not say what to do about it; add remediation", id)
		}
		if r.Engine == "cue" {
			continue
		}
		for _, want := range []string{"rule_test.rego", "examples.txtar"} {
			if !slices.Contains(folders[short], want) {
				say(path.Join(short, want), 1, "missing-file", "is missing")
			}
		}
	}
	return nil
}

func firstDifference(a, b string) int {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	row := 0
	for row < len(as) && row < len(bs) && as[row] == bs[row] {
		row++
	}
	return row + 1
}

func meant(near string) string {
	if near == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q", near)
}

// keys is a path of keys, written with dots.
func keys(dotted string) lint.Path {
	var p lint.Path
	for key := range strings.SplitSeq(dotted, ".") {
		p = p.Key(key)
	}
	return p
}

// Compile makes sure that the policies of a pack compile in OPA's strict mode,
// where what is declared and not used is an error.
func Compile(ctx context.Context, p *pack.Pack) error {
	src, ok := p.Policies()
	if !ok {
		return nil
	}
	_, err := regocheck.Compile(ctx, []regocheck.Source{src}, policies.Shared(), regocheck.Options{Strict: true})
	return err
}
