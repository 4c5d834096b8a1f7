// Package changelog reads what the changelog of a chart says about values:
// which keys were removed, renamed, moved, deprecated, changed or added, and in
// which version. It reads Markdown as charts have it (keep-a-changelog, release
// notes, lists of keys below a sentence) and the annotation of Artifact Hub. It
// reports the parts that announce keys and name none.
package changelog

import (
	"bytes"
	"slices"
	"strings"
	"sync"

	"github.com/Masterminds/semver/v3"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	goldparser "github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/lint"
)

// Section says what became of a key.
type Section string

// The sections.
const (
	Removed    Section = "removed"
	Renamed    Section = "renamed"
	Moved      Section = "moved"
	Deprecated Section = "deprecated"
	Changed    Section = "changed"
	Added      Section = "added"
)

// Entry is one key that a changelog names.
type Entry struct {
	Version     string // as the heading above writes it, "" without one
	Section     Section
	Key         string    // as written, without .Values
	Path        lint.Path // the key, parted at its dots
	Replacement string    // the key to use instead, "" when none is named
	Instead     lint.Path // the replacement, parted at its dots
	Text        string    // the line or bullet
	Line        int
}

// Unread is a part that announces changes of values, without a key that could
// be read.
type Unread struct {
	Version string
	Section Section
	Text    string
	Line    int
}

// Log is what a changelog says.
type Log struct {
	Name     string
	Data     []byte   // the text of a file, nil otherwise
	Versions []string // in the order of the file
	Entries  []Entry
	Unread   []Unread
}

// Parse reads a changelog in Markdown. Any text can be read; one that says
// nothing about values gives an empty Log.
func Parse(name string, data []byte) *Log {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	r := &reader{log: &Log{Name: name, Data: data}, source: data}
	// The reader of Markdown needs quadratic time for what nobody nests by hand.
	r.source = nested.ReplaceAll(data, nil)
	r.blocks(parser().Parse(text.NewReader(r.source)))
	r.end()
	return r.log
}

var nested = lazyregexp.New(`(?m)^(?:[ \t]*(?:>|[*+-][ \t]|\d{1,9}[.)][ \t])){24,}.*`)

var parser = sync.OnceValue(func() goldparser.Parser {
	return goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()
})

// Since returns what changed after one version up to another. Parts without a
// version, or with one that is no semantic version, count as belonging to it,
// because nothing says that they do not; an unknown limit is none.
func (l *Log) Since(from, to string) *Log {
	out := &Log{Name: l.Name, Data: l.Data, Versions: l.Versions}
	low, high := version(from), version(to)
	in := func(s string) bool {
		v := version(s)
		return v == nil || (low == nil || v.GreaterThan(low)) && (high == nil || !v.GreaterThan(high))
	}
	for _, e := range l.Entries {
		if in(e.Version) && !l.back(e, in) {
			out.Entries = append(out.Entries, e)
		}
	}
	for _, u := range l.Unread {
		if in(u.Version) {
			out.Unread = append(out.Unread, u)
		}
	}
	return out
}

// back reports whether a later version brings a key back that this entry says
// is gone.
func (l *Log) back(e Entry, in func(string) bool) bool {
	v := version(e.Version)
	if v == nil || !e.Section.breaking() {
		return false
	}
	return slices.ContainsFunc(l.Entries, func(a Entry) bool {
		later := version(a.Version)
		return a.Section == Added && a.Path.Equal(e.Path) && later != nil && later.GreaterThan(v) && in(a.Version)
	})
}

func version(s string) *semver.Version {
	v, err := semver.NewVersion(s)
	if err != nil {
		return nil
	}
	return v
}

// reader goes through the blocks of a text and remembers where it is.
type reader struct {
	log     *Log
	source  []byte
	version string
	heading Section // of the headings above
	values  bool    // a heading above speaks of values
	unread  *Unread // the section that still has to name a key
}

// say is one heading, sentence or bullet.
type say struct {
	tokens []token
	line   int
}

// token is a piece of text or of code.
type token struct {
	text string
	code bool
}

func (s say) String() string {
	var b strings.Builder
	for _, t := range s.tokens {
		if t.code {
			b.WriteString("`" + t.text + "`")
		} else {
			b.WriteString(t.text)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// blocks reads the blocks of the document, or of a quotation in it.
func (r *reader) blocks(parent ast.Node) {
	said := Section("") // by the sentence above a list
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			r.head(r.say(n))
			said = ""
		case *ast.Paragraph:
			s := r.say(n)
			said = r.sentence(s)
		case *ast.List:
			r.list(n, said)
			said = ""
		case *extast.Table:
			r.table(n, said)
			said = ""
		case *ast.Blockquote:
			r.blocks(n)
		default: // code and HTML say nothing
			said = ""
		}
	}
}

// head reads a heading.
func (r *reader) head(s say) {
	plain := s.String()
	if v, ok := versionOf(plain); ok {
		r.end()
		r.version, r.heading, r.values = v, "", false
		r.log.Versions = append(r.log.Versions, v)
		return
	}
	r.end()
	r.heading, r.values = sectionOf(plain), aboutValues(plain)
	if r.heading.breaking() && r.values {
		r.open(s, r.heading)
	}
}

// breaking reports whether a part that says this and names no key hides
// something that breaks.
func (s Section) breaking() bool {
	return s == Removed || s == Renamed || s == Moved || s == Deprecated
}

// open remembers a part that announces keys.
func (r *reader) open(s say, sec Section) {
	r.end()
	r.unread = &Unread{Version: r.version, Section: sec, Text: s.String(), Line: s.line}
}

// end closes the part that was open.
func (r *reader) end() {
	if r.unread != nil {
		r.log.Unread = append(r.log.Unread, *r.unread)
	}
	r.unread = nil
}

// sentence reads a paragraph: keys that it names itself, or the announcement of
// a list, whose section it returns.
func (r *reader) sentence(s say) Section {
	plain := s.String()
	if strings.HasSuffix(plain, ":") {
		if sec := announced(plain); sec != "" {
			r.open(s, sec)
			return sec
		}
		return r.heading
	}
	r.item(s, "")
	return ""
}

// list reads the bullets of a list, those below bullets included.
func (r *reader) list(l *ast.List, said Section) {
	for item := l.FirstChild(); item != nil; item = item.NextSibling() {
		below, explains := said, false // what lies below a key explains it
		for b := item.FirstChild(); b != nil; b = b.NextSibling() {
			switch b := b.(type) {
			case *ast.List:
				if !explains {
					r.list(b, below)
				}
			case *ast.TextBlock, *ast.Paragraph:
				s := r.say(b)
				if sec := announced(s.String()); sec != "" && strings.HasSuffix(s.String(), ":") && len(r.keysOf(s)) == 0 {
					r.open(s, sec)
					below = sec
					continue
				}
				r.item(s, said)
				explains = explains || len(r.keysOf(s)) > 0
			}
		}
	}
}

// table reads a table with a column of old and a column of new keys.
func (r *reader) table(t *extast.Table, said Section) {
	var head []string
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []say
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cells = append(cells, r.say(c))
		}
		if row.Kind() == extast.KindTableHeader {
			for _, c := range cells {
				head = append(head, strings.ToLower(c.String()))
			}
			continue
		}
		r.row(head, cells, said)
	}
}

// say flattens the inline content of a block.
func (r *reader) say(n ast.Node) say {
	s := say{}
	if at := r.start(n); at >= 0 {
		s.line = 1 + bytes.Count(r.source[:at], []byte("\n"))
	}
	r.inline(n, &s)
	return s
}

// start is the offset of the first text in a block.
func (r *reader) start(n ast.Node) int {
	if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
		return n.Lines().At(0).Start
	}
	at := -1
	_ = ast.Walk(n, func(c ast.Node, enter bool) (ast.WalkStatus, error) {
		if t, ok := c.(*ast.Text); ok && enter {
			at = t.Segment.Start
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	return at
}

func (r *reader) inline(n ast.Node, s *say) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			t := string(c.Segment.Value(r.source))
			if c.SoftLineBreak() || c.HardLineBreak() {
				t += "\n"
			}
			s.tokens = append(s.tokens, token{text: t})
		case *ast.String:
			s.tokens = append(s.tokens, token{text: string(c.Value)})
		case *ast.CodeSpan:
			var b strings.Builder
			for t := c.FirstChild(); t != nil; t = t.NextSibling() {
				if t, ok := t.(*ast.Text); ok {
					b.Write(t.Segment.Value(r.source))
				}
			}
			s.tokens = append(s.tokens, token{text: strings.TrimSpace(b.String()), code: true})
		case *ast.RawHTML, *ast.Image, *ast.AutoLink:
		default: // links and emphasis
			r.inline(c, s)
		}
	}
}
