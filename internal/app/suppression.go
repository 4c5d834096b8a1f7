package app

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/suppress"
)

// suppression is what the configuration silences.
func (st *setup) suppression() suppress.Policy {
	p := suppress.Policy{Known: st.knownRule(), Locked: st.locked, Idle: st.idleRule(), Today: time.Now().Format(time.DateOnly)}
	if st.config == nil {
		return p
	}
	for i, e := range st.config.Ignore {
		p.Entries = append(p.Entries, suppress.Entry{
			Rule: e.Rule, Until: e.Until,
			Span: st.config.Doc.Values().LocateKey(lint.Keys("ignore").Index(i).Key("rule")),
			Covers: func(f *lint.Finding) bool {
				return (len(e.Files) == 0 || st.matches(f.Span.File, e.Files...)) &&
					(len(e.Values) == 0 || slices.ContainsFunc(e.Values, func(glob string) bool { return matchesPath(glob, f.Path) })) &&
					(len(e.Releases) == 0 || slices.Contains(e.Releases, f.Release))
			},
		})
	}
	return p
}

// matchesPath reports whether a glob means a value: `*` is one key or index,
// `**` any number of them. A glob that means a mapping means all that lies
// below it.
func matchesPath(glob string, path lint.Path) bool {
	names := make([]string, len(path))
	for i, s := range path {
		names[i] = s.Key
		if s.IsIndex {
			names[i] = fmt.Sprint(s.Index)
		}
		names[i] = strings.ReplaceAll(names[i], "/", "\x00")
	}
	pattern := pathGlob(glob)
	for n := len(names); n > 0; n-- {
		if ok, err := doublestar.Match(pattern, strings.Join(names[:n], "/")); err == nil && ok {
			return true
		}
	}
	return false
}

// pathGlob writes a glob of a value's path as one of files: the dots that part
// keys, and the brackets of indexes, become slashes.
func pathGlob(glob string) string {
	var b strings.Builder
	for i := 0; i < len(glob); i++ {
		switch c := glob[i]; {
		case c == '\\' && i+1 < len(glob):
			i++
			b.WriteByte(glob[i])
		case c == '/':
			b.WriteByte(0)
		case c == '.', c == '[':
			b.WriteByte('/')
		case c == ']':
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
