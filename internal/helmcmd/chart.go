package helmcmd

import (
	"path"
	"regexp"
	"strings"
	"sync"
)

// Chart is the reference to a chart.
type Chart struct {
	Value
	// Kind is file or url for a package, oci, repo for REPO/CHART, dir for a
	// folder, and "" where it cannot be told.
	Kind    string
	Name    string // of the chart, as far as the reference tells it
	Version string
	// Unversioned says that the name of a package tells its chart and no version.
	Unversioned bool
}

func (c *Chart) input() map[string]any {
	m := map[string]any{"packed": c.Kind == "file" || c.Kind == "url", "unversioned": c.Unversioned}
	if c.Word >= 0 {
		m["word"] = c.Word
	}
	for key, v := range map[string]string{"kind": c.Kind, "name": c.Name, "version": c.Version} {
		if v != "" {
			m[key] = v
		}
	}
	return m
}

// chart reads a reference. With --repo it is the bare name of a chart.
func (c *Command) chart(v *Value) *Chart {
	if v == nil {
		return nil
	}
	out := &Chart{Value: *v}
	ref := v.masked
	scheme, rest, isURL := strings.Cut(ref, "://")
	switch {
	case isURL && scheme == "oci":
		out.Kind = "oci"
		rest, _, _ = strings.Cut(rest, "@")
		out.Name, out.Version, _ = strings.Cut(path.Base(rest), ":")
	case isURL:
		out.Kind = "url"
		rest, _, _ = strings.Cut(rest, "?")
		out.packed(path.Base(rest))
	case strings.HasSuffix(ref, ".tgz") || strings.HasSuffix(ref, ".tar.gz"):
		out.Kind = "file"
		out.packed(path.Base(ref))
	case c.Flag("repo") != nil:
		out.Kind, out.Name = "repo", ref
	case strings.HasPrefix(ref, maskString):
		// $CHART, or $DIR/tenant: the kind is not known, the last part may be.
		if strings.Contains(ref, "/") {
			out.Name = path.Base(ref)
		}
	case strings.HasPrefix(ref, ".") || strings.HasPrefix(ref, "/") || strings.HasPrefix(ref, "~") || strings.Count(ref, "/") != 1 || strings.HasSuffix(ref, "/"):
		out.Kind, out.Name = "dir", path.Base(ref)
	default:
		out.Kind, out.Name = "repo", path.Base(ref)
	}
	out.Name, out.Version = known(out.Name), known(out.Version)
	if out.Name == "." || out.Name == ".." || out.Name == "/" {
		out.Name = ""
	}
	return out
}

func known(s string) string {
	if strings.ContainsRune(s, mask) {
		return ""
	}
	return s
}

// hasPassword reports whether a text is a URL with a literal password:
// https://USER:PASSWORD@HOST.
func hasPassword(text string) bool {
	_, rest, ok := strings.Cut(text, "://")
	if !ok {
		return false
	}
	host, _, _ := strings.Cut(rest, "/")
	user, _, ok := strings.Cut(host, "@")
	if !ok {
		return false
	}
	_, password, _ := strings.Cut(user, ":")
	return strings.Trim(password, maskString) != ""
}

// packageVersion matches where the version begins: a digit that dots follow, or
// nothing but a number, or a part that the shell makes.
var packageVersion = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`-(v?[0-9]+\.[0-9` + maskString + `].*|v?[0-9]+|` + maskString + `.*)$`)
})

// packed reads NAME-VERSION.tgz.
func (c *Chart) packed(file string) {
	base, ok := strings.CutSuffix(file, ".tgz")
	if !ok {
		base, ok = strings.CutSuffix(file, ".tar.gz")
	}
	if !ok {
		return // a URL that tells nothing
	}
	if m := packageVersion().FindStringSubmatchIndex(base); m != nil {
		c.Name, c.Version = base[:m[0]], base[m[2]:]
		return
	}
	c.Name = strings.TrimRight(base, "-")
	c.Unversioned = !strings.ContainsRune(base, mask)
}
