// Package suppress lets comments in a file, and entries of the configuration,
// silence findings:
//
//	key: value # helmvet:ignore RULE[,RULE] -- reason
//	key: value # helmvet:ignore RULE until=2027-01-31 -- reason
//	# helmvet:ignore RULE -- reason       (a line of its own: about the next line)
//	# helmvet:ignore-file RULE -- reason  (before the first line with content)
//
// RULE is an id, a pack with all its rules (`core/*`), or `*`. A comment on or
// above the line of a block string reaches what lies inside the string, where
// no comment is possible. After
// the day of until= a comment silences nothing. Never silenced are broken syntax,
// because a file that Helm cannot read has nobody to excuse it and its comments
// cannot be told from its text for certain, and the rules about the comments.
package suppress

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/agext/levenshtein"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

const (
	reasonRule  = "core/suppress-reason"
	unusedRule  = "core/suppress-unused"
	expiredRule = "core/suppress-expired"
	syntaxRule  = "core/yaml-syntax"

	mark = "helmvet:"
)

// Mentioned reports whether a file may hold comments of helmvet's. It is cheap;
// files without one need not be given to Apply.
func Mentioned(d *values.Document) bool { return bytes.Contains(d.Data, []byte(mark)) }

// Comment is the text of a comment that silences a rule once a reason stands at
// its end.
func Comment(rule string) string { return mark + "ignore " + rule + " -- " }

// Policy is what may silence findings.
type Policy struct {
	Docs    []*values.Document     // files whose comments count
	Entries []Entry                // of the configuration
	Whole   bool                   // everything was linted, so that an entry without effect is stale
	Known   func(rule string) bool // tells the ids of rules; nil knows all
	Locked  func(rule string) bool // tells rules that nothing silences; nil locks none
	Idle    func(rule string) bool // tells rules that were not asked; nil: all were
	// Baseline lists findings that are known; File names files in their
	// fingerprints.
	Baseline []Accepted
	File     func(string) string
	Today    string // as 2006-01-02, for what expires; "" expires nothing
}

// Entry is what the configuration silences.
type Entry struct {
	Rule   string                   // an id, a pack with all its rules (`core/*`), or `*`
	Covers func(*lint.Finding) bool // files and values that are meant; nil means all
	Until  string                   // the last day, as 2006-01-02; "" has no end
	Span   lint.Span                // where it stands

	used bool
	late bool // it would silence something, but is past its day
}

// Apply splits findings, which are sorted, into those that stay and those that
// comments in their files, entries of the configuration, or the baseline
// silence. It adds findings about those
// without a reason, without an effect, or past their day. The order of findings
// is kept, new ones come last.
func (p Policy) Apply(findings []lint.Finding) (kept, suppressed []lint.Finding) {
	byFile := map[string][]*comment{}
	var all []*comment
	for _, d := range p.Docs {
		if d == nil || !Mentioned(d) || byFile[d.Name] != nil {
			continue
		}
		found := read(d)
		byFile[d.Name] = found
		all = append(all, found...)
	}
	if len(all)+len(p.Entries)+len(p.Baseline) == 0 {
		return findings, nil
	}
	entries := slices.Clone(p.Entries)
	kept = make([]lint.Finding, 0, len(findings))
	for i := range findings {
		f := &findings[i]
		byComment, byEntry := p.silenced(byFile[f.Span.File], f), p.covered(entries, f)
		if byComment || byEntry {
			suppressed = append(suppressed, *f)
			continue
		}
		kept = append(kept, *f)
	}
	kept, accepted := p.accept(kept)
	suppressed = append(suppressed, accepted...)
	for _, c := range all {
		kept = append(kept, p.complaints(c, findings)...)
	}
	for i := range entries {
		kept = append(kept, p.stale(&entries[i])...)
	}
	return kept, suppressed
}

// covered reports whether an entry of the configuration silences the finding,
// and notes the use in every entry that does.
func (p Policy) covered(entries []Entry, f *lint.Finding) bool {
	hit := false
	for i := range entries {
		e := &entries[i]
		if !matches(e.Rule, f.Rule) || !p.CanIgnore(f.Rule) || e.Covers != nil && !e.Covers(f) {
			continue
		}
		if p.past(e.Until) {
			e.late = true
		} else {
			e.used, hit = true, true
		}
	}
	return hit
}

// stale is the finding about an entry that silences nothing.
func (p Policy) stale(e *Entry) []lint.Finding {
	switch {
	case e.late || p.Whole && p.past(e.Until):
		return warning(expiredRule, e.Span, "the entry that ignores %s expired on %s; mend what it ignored and delete it, or give it a later day", e.Rule, e.Until)
	case !p.Whole: // what is meant may not have been linted
	case !p.CanIgnore(e.Rule):
		return warning(unusedRule, e.Span, "%s cannot be ignored", e.Rule)
	case !e.used && !p.idle(e.Rule):
		return warning(unusedRule, e.Span, "nothing that this entry ignores of %s is reported; delete it", e.Rule)
	}
	return nil
}

// past reports whether a day lies behind us.
func (p Policy) past(day string) bool { return day != "" && p.Today != "" && day < p.Today }

func warning(rule string, span lint.Span, format string, args ...any) []lint.Finding {
	return []lint.Finding{{Rule: rule, Severity: lint.Warning, Span: span, Message: fmt.Sprintf(format, args...)}}
}

// silenced reports whether a comment covers the finding, and notes the use in
// every comment that does.
func (p Policy) silenced(comments []*comment, f *lint.Finding) bool {
	if !p.CanIgnore(f.Rule) {
		return false
	}
	hit := false
	for _, c := range comments {
		if c.reason == "" || c.late || c.badDay || p.past(c.until) || !c.file && (f.Span.Line < c.first || f.Span.Line > c.last) {
			continue
		}
		for i := range c.rules {
			if matches(c.rules[i].id, f.Rule) {
				c.rules[i].used = true
				hit = true
			}
		}
	}
	return hit
}

// CanIgnore reports whether anything may silence the findings of a rule.
func (p Policy) CanIgnore(rule string) bool {
	switch rule {
	case syntaxRule, reasonRule, unusedRule, expiredRule:
		return false
	}
	return p.Locked == nil || !p.Locked(rule)
}

// idle reports whether a rule was not asked, so that nothing is known of an ignore
// that names it.
func (p Policy) idle(rule string) bool { return p.Idle != nil && p.Idle(rule) }

func matches(pattern, rule string) bool {
	if pattern == "*" || pattern == rule {
		return true
	}
	pack, ok := strings.CutSuffix(pattern, "/*")
	return ok && strings.HasPrefix(rule, pack+"/")
}

// comment is one directive in a file.
type comment struct {
	doc         *values.Document
	span        lint.Span // of the comment
	word        string    // what follows "helmvet:"
	rules       []target
	reason      string
	until       string    // the last day it holds
	untilSpan   lint.Span // of that
	badDay      bool      // until is no day
	file        bool      // about the whole file
	late        bool      // about the whole file, but after its first content
	own         bool      // on a line of its own
	first, last int       // the lines that it is about
}

type target struct {
	id   string
	span lint.Span
	used bool
}

// complaints are the findings about the comment itself.
func (p Policy) complaints(c *comment, findings []lint.Finding) []lint.Finding {
	one, known := warning, p.Known
	switch {
	case c.word != "ignore" && c.word != "ignore-file":
		return one(unusedRule, c.span, "helmvet:%s is no comment that helmvet knows; write helmvet:ignore or helmvet:ignore-file", c.word)
	case len(c.rules) == 0:
		return one(reasonRule, c.span, "the comment names no rule and silences nothing; write # helmvet:%s RULE -- reason", c.word)
	case c.reason == "":
		return one(reasonRule, c.span, "the comment gives no reason and silences nothing; add -- and why %s may be ignored", ids(c.rules))
	case c.badDay:
		return one(unusedRule, c.untilSpan, "%q is no day, so the comment silences nothing; write until=2027-01-31", c.until)
	case p.past(c.until):
		return one(expiredRule, c.untilSpan, "the comment expired on %s; mend what it ignored and delete it, or give it a later day", c.until)
	}
	var out []lint.Finding
	for _, r := range c.rules {
		if r.used {
			continue
		}
		wildcard := r.id == "*" || strings.HasSuffix(r.id, "/*")
		switch {
		case !wildcard && known != nil && !known(r.id):
			out = append(out, one(unusedRule, r.span, "there is no rule %q%s", r.id, suggest(r.id, findings, known))...)
		case !p.CanIgnore(r.id):
			out = append(out, one(unusedRule, r.span, "%s cannot be ignored by a comment", r.id)...)
		case c.late:
			out = append(out, one(unusedRule, r.span, "helmvet:ignore-file stands below the first line with content and silences nothing; move it to the top")...)
		case p.idle(r.id):
		case len(c.doc.Problems) > 0: // what the comment is about was not judged
		default:
			where := fmt.Sprintf("on line %d", c.first)
			if c.file {
				where = "in this file"
			}
			f := one(unusedRule, r.span, "%s reports nothing %s; delete the comment", r.id, where)
			if len(c.rules) == 1 {
				f[0].Fix = c.deletion()
			} else {
				f[0].Message = fmt.Sprintf("%s reports nothing %s; take it out of the comment", r.id, where)
			}
			out = append(out, f...)
		}
	}
	return out
}

func ids(rules []target) string {
	var names []string
	for _, r := range rules {
		names = append(names, r.id)
	}
	return strings.Join(names, ", ")
}

// deletion takes the comment away, with its line if nothing else is on it.
func (c *comment) deletion() *lint.Fix {
	s := c.span
	text := c.doc.Line(s.Line)
	if c.own {
		s.Column = 1
		if s.Line < c.doc.Lines() {
			s.EndLine, s.EndCol = s.Line+1, 1
		}
	} else {
		before := string([]rune(text)[:s.Column-1])
		s.Column = utf8.RuneCountInString(strings.TrimRight(before, " \t")) + 1
		s.EndCol = utf8.RuneCountInString(text) + 1
	}
	return &lint.Fix{Description: "delete the comment", Edits: []lint.Edit{{Span: s}}}
}

// suggest finds the rule that was probably meant: among those that reported
// something, and among all that differ by one typing error.
func suggest(id string, findings []lint.Finding, known func(string) bool) string {
	best, distance := "", 4
	for _, f := range findings {
		if d := levenshtein.Distance(id, f.Rule, nil); d < distance {
			best, distance = f.Rule, d
		}
		if _, name, ok := strings.Cut(f.Rule, "/"); ok && name == id {
			return fmt.Sprintf("; did you mean %q?", f.Rule)
		}
	}
	if best == "" || distance > 1 {
		if near := oneEdit(id, known); near != "" {
			best = near
		}
	}
	if best == "" {
		return "; `helmvet rules` lists them"
	}
	return fmt.Sprintf("; did you mean %q?", best)
}

// oneEdit tries every id that differs from a misspelt one by one letter too
// many, too few, wrong or swapped.
func oneEdit(id string, known func(string) bool) string {
	if len(id) > 100 {
		return ""
	}
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789-/"
	for i := range len(id) + 1 {
		if i < len(id) {
			if s := id[:i] + id[i+1:]; known(s) {
				return s
			}
		}
		if i+1 < len(id) {
			if s := id[:i] + id[i+1:i+2] + id[i:i+1] + id[i+2:]; known(s) {
				return s
			}
		}
		for j := range len(letters) {
			l := letters[j : j+1]
			if s := id[:i] + l + id[i:]; known(s) {
				return s
			}
			if i < len(id) {
				if s := id[:i] + l + id[i+1:]; known(s) {
					return s
				}
			}
		}
	}
	return ""
}

// read finds the comments of a file.
func read(d *values.Document) []*comment {
	t := newTexts(d)
	content := firstContent(d)
	var out []*comment
	for n := 1; n <= d.Lines(); n++ {
		line := d.Line(n)
		if !strings.Contains(line, mark) {
			continue
		}
		at := hash(line)
		if at < 0 {
			continue
		}
		col := utf8.RuneCountInString(line[:at]) + 1
		if t.inText(n, col, line[:at]) {
			continue
		}
		c := parse(d, n, line, at)
		if c.file {
			c.late = content > 0 && n > content
		} else {
			c.first = n
			if c.own {
				c.first = below(d, n)
			}
			c.last = t.end(c.first)
		}
		out = append(out, c)
	}
	return out
}

// hash returns where a comment of helmvet's begins in a line, or -1: a number
// sign at the start or after a blank, then the mark.
func hash(line string) int {
	for from := 0; ; {
		i := strings.IndexByte(line[from:], '#')
		if i < 0 {
			return -1
		}
		i += from
		if (i == 0 || line[i-1] == ' ' || line[i-1] == '\t') && strings.HasPrefix(strings.TrimLeft(line[i+1:], " \t"), mark) {
			return i
		}
		from = i + 1
	}
}

func parse(d *values.Document, n int, line string, at int) *comment {
	text := strings.TrimRight(line, " \t")
	counted, col := 0, 1
	column := func(i int) int { // mostly asked from left to right
		if i < counted {
			counted, col = 0, 1
		}
		col += utf8.RuneCountInString(line[counted:i])
		counted = i
		return col
	}
	span := func(from, to int) lint.Span {
		return lint.Span{File: d.Name, Line: n, Column: column(from), EndLine: n, EndCol: column(to)}
	}
	c := &comment{doc: d, span: span(at, len(text)), own: strings.TrimSpace(line[:at]) == ""}
	i := at + strings.Index(text[at:], mark) + len(mark)
	end := len(text)
	if j := strings.Index(text[i:], " --"); j >= 0 {
		end = i + j
		c.reason = strings.TrimSpace(strings.TrimLeft(text[end:], " -"))
	}
	j := i
	for j < end && text[j] != ' ' && text[j] != '\t' {
		j++
	}
	c.word = text[i:j]
	c.file = c.word == "ignore-file"
	for j < end {
		k := j
		for k < end && text[k] != ',' && text[k] != ' ' && text[k] != '\t' {
			k++
		}
		if day, ok := strings.CutPrefix(text[j:k], "until="); ok {
			_, err := time.Parse(time.DateOnly, day)
			c.until, c.untilSpan, c.badDay = day, span(j, k), err != nil
		} else if k > j {
			c.rules = append(c.rules, target{id: text[j:k], span: span(j, k)})
		}
		j = k + 1
	}
	return c
}

// below returns the line that a comment on a line of its own is about: the next
// one that is no comment.
func below(d *values.Document, n int) int {
	for n++; n <= d.Lines() && strings.HasPrefix(strings.TrimSpace(d.Line(n)), "#"); n++ {
	}
	return n
}

// firstContent returns the first line that is neither blank nor a comment nor
// the mark of a document, or 0.
func firstContent(d *values.Document) int {
	for n := 1; n <= d.Lines(); n++ {
		t := strings.TrimSpace(d.Line(n))
		if t != "" && t[0] != '#' && t[0] != '%' && t != "---" {
			return n
		}
	}
	return 0
}

// texts knows where a number sign is text: inside quoted and block strings.
type texts struct {
	doc    *values.Document
	spans  []lint.Span // strings that may hold a number sign, in order
	blocks []lint.Span // block strings
	look   bool        // the tree is not whole, so go by the look of the lines too
}

func newTexts(d *values.Document) *texts {
	t := &texts{doc: d, look: len(d.Problems) > 0}
	for _, r := range d.Roots {
		t.collect(r)
	}
	if t.look {
		t.guess()
	}
	return t
}

func (t *texts) collect(n *values.Node) {
	if n == nil || n.Alias {
		return
	}
	for _, f := range n.Fields {
		if f.Merged {
			continue
		}
		if f.Quoted {
			t.spans = append(t.spans, f.KeySpan)
		}
		for _, e := range f.Earlier {
			t.collect(e.Value)
		}
		if f.Lost != nil {
			t.collect(f.Lost.Value)
		}
		t.collect(f.Value)
	}
	for _, it := range n.Items {
		t.collect(it)
	}
	if n.Kind == values.Map || n.Kind == values.List {
		return
	}
	switch n.Style {
	case values.Literal, values.Folded:
		t.blocks = append(t.blocks, n.Span)
	case values.SingleQuoted, values.DoubleQuoted:
		t.spans = append(t.spans, n.Span)
	}
}

// guess finds block strings by indentation.
func (t *texts) guess() {
	header, open := 0, 0
	for n := 1; n <= t.doc.Lines()+1; n++ {
		line := t.doc.Line(n)
		body := strings.TrimSpace(line)
		in := len(line) - len(strings.TrimLeft(line, " "))
		if open > 0 {
			if body == "" && n <= t.doc.Lines() || body != "" && in > header {
				continue
			}
			t.blocks = append(t.blocks, lint.Span{Line: open, Column: 1, EndLine: n - 1})
			open = 0
		}
		if i := strings.Index(body, " #"); i >= 0 {
			body = strings.TrimSpace(body[:i])
		}
		body = strings.TrimRight(body, "+-0123456789")
		if strings.HasSuffix(body, ": |") || strings.HasSuffix(body, ": >") || strings.HasSuffix(body, "- |") || strings.HasSuffix(body, "- >") {
			header, open = in, n
		}
	}
}

// inText reports whether a place lies inside a string. before is what stands on
// the line in front of it.
func (t *texts) inText(line, col int, before string) bool {
	for _, s := range t.blocks {
		if line > s.Line && line <= s.EndLine {
			return true
		}
	}
	for _, s := range t.spans {
		after := line > s.Line || line == s.Line && col >= s.Column
		inside := line < s.EndLine || line == s.EndLine && col < s.EndCol
		if after && inside {
			return true
		}
	}
	return t.look && (strings.Count(before, `"`)%2 == 1 || strings.Count(before, `'`)%2 == 1)
}

// end returns the last line that a comment about a line reaches: the line
// itself, or the end of the block string that begins on it.
func (t *texts) end(line int) int {
	i := slices.IndexFunc(t.blocks, func(s lint.Span) bool { return s.Line == line })
	if i < 0 {
		return line
	}
	return t.blocks[i].EndLine
}
