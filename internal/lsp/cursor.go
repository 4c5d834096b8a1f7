package lsp

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/lint"
)

// cursor is what is being typed at a position. It is read from the lines alone,
// since the text is rarely YAML while somebody types.
type cursor struct {
	path   lint.Path // of the mapping that the key is for, or of the value
	value  bool      // a value is being typed
	item   bool      // a list item is: a value, or the first key of a mapping
	before []string  // keys that the mapping has already
	from   int       // where what is typed begins in the line, in bytes
	to     int       // and ends
	after  string    // the line behind it
	quote  string    // the quote that it is in
	note   bool      // it is a comment
	typed  string    // what is typed so far

	apiVersion, kind string // of the object around it
}

// segment is a key or a dash of a line.
type segment struct {
	col int // in bytes
	key string
	end int // behind the colon
}

var keyAt = lazyregexp.New(`^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#:"'\[\]{},&*!|>%@-][^:#]*?|-[^\s:#][^:#]*?)[ \t]*:(?:[ \t]|$)`)

// segments takes a line apart into its dashes and its key; rest is where its
// value begins.
func segments(line string) (segs []segment, rest int) {
	i := 0
	for i < len(line) && line[i] == ' ' {
		i++
	}
	for i < len(line) && line[i] == '-' && (i+1 == len(line) || line[i+1] == ' ') {
		segs = append(segs, segment{col: i})
		for i++; i < len(line) && line[i] == ' '; i++ {
		}
	}
	if m := keyAt.FindStringSubmatch(line[i:]); m != nil {
		key := m[1]
		if q := key[0]; q == '"' || q == '\'' {
			key = strings.Trim(key, string(q))
		}
		end := i + len(strings.TrimRight(m[0], " \t"))
		segs = append(segs, segment{col: i, key: key, end: end})
		for i = end; i < len(line) && (line[i] == ' ' || line[i] == '\t'); i++ {
		}
	}
	return segs, i
}

// cursorAt reads what is being typed at line and column, both from 1.
func cursorAt(src *source, line, col int) *cursor {
	text := src.line(line)
	at := len(text)
	for i, n := 0, 1; i <= len(text); n++ {
		if n == col {
			at = i
			break
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		i += max(size, 1)
	}
	c := &cursor{}
	if i := comment(text); i >= 0 && i < at {
		c.note, c.from, c.to = true, i, at
		c.typed = text[i:at]
		return c
	}
	segs, rest := segments(text)
	// Only what stands before the cursor is there yet.
	segs = slices.DeleteFunc(segs, func(s segment) bool { return s.key != "" && at < s.end || s.key == "" && at <= s.col })
	c.from = len(text) - len(strings.TrimLeft(text, " "))
	if len(segs) > 0 {
		last := segs[len(segs)-1]
		switch {
		case last.key != "":
			if at == last.end {
				return nil // right behind the colon, where nothing can stand
			}
			c.value, c.from = true, min(rest, at)
		default:
			c.item = true
			if c.from = last.col + 1; c.from < at {
				for c.from < at && text[c.from] == ' ' {
					c.from++
				}
			}
			if at == last.col+1 {
				return nil // right behind the dash
			}
		}
	} else {
		c.from = min(c.from, at)
	}
	c.extent(text, at)
	column := c.from // where the key that is typed begins
	inList := false
	if c.value {
		column = segs[len(segs)-1].col
		c.path = lint.Keys(segs[len(segs)-1].key)
		segs = segs[:len(segs)-1]
	}
	index := 0
	up := func(s segment) {
		switch {
		case s.key == "" && inList && s.col == column:
			index++
		case s.key == "" && s.col < column && (!inList || s.col < column):
			if inList {
				return // the dash of an outer list, before its key was found
			}
			column, inList, index = s.col, true, 0
		case s.key != "" && inList && s.col <= column, s.key != "" && !inList && s.col < column:
			if inList {
				c.path = slices.Insert(c.path, 0, lint.Step{Index: index, IsIndex: true})
			}
			c.path = slices.Insert(c.path, 0, lint.Step{Key: s.key})
			column, inList = s.col, false
		case s.key != "" && !inList && s.col == column && len(c.path) == 0:
			c.before = append(c.before, s.key)
		}
	}
	for _, s := range slices.Backward(segs) {
		up(s)
	}
	for n := line - 1; n >= 1 && (column > 0 || inList || len(c.path) == 0); n-- {
		l := src.line(n)
		if mark(l) {
			break
		}
		if trimmed := strings.TrimSpace(l); trimmed == "" || trimmed[0] == '#' {
			continue
		}
		above, _ := segments(l)
		for _, s := range slices.Backward(above) {
			up(s)
		}
	}
	if inList {
		c.path = slices.Insert(c.path, 0, lint.Step{Index: index, IsIndex: true})
	}
	c.below(src, line)
	c.object(src, line)
	return c
}

// mark reports whether a line parts documents.
func mark(line string) bool { return strings.HasPrefix(line, "---") || strings.HasPrefix(line, "...") }

// comment returns where the comment of a line begins, or -1.
func comment(line string) int {
	quote := byte(0)
	for i := 0; i < len(line); i++ {
		switch ch := line[i]; {
		case quote == '"' && ch == '\\':
			i++
		case quote != 0:
			if ch == quote {
				quote = 0
			}
		case (ch == '"' || ch == '\'') && (i == 0 || strings.IndexByte(" \t[{,:", line[i-1]) >= 0):
			quote = ch
		case ch == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t'):
			return i
		}
	}
	return -1
}

// extent finds out how far what is typed reaches.
func (c *cursor) extent(text string, at int) {
	end := len(text)
	if i := comment(text); i >= 0 {
		end = i
	}
	end = max(at, len(strings.TrimRight(text[:end], " \t")))
	c.to = end
	if !c.value && !c.item {
		if segs, _ := segments(text); len(segs) > 0 && segs[len(segs)-1].key != "" {
			// Everything up to the colon is the key.
			c.to = max(at, strings.LastIndexByte(text[:segs[len(segs)-1].end], ':'))
		}
	}
	if c.item {
		if i := strings.Index(text[c.from:end], ":"); i >= 0 {
			c.to = max(at, c.from+i)
		}
	}
	c.after = text[c.to:]
	c.typed = text[c.from:at]
	if c.typed != "" && (c.typed[0] == '"' || c.typed[0] == '\'') {
		c.quote = c.typed[:1]
	}
}

// below collects the keys that the mapping has further down.
func (c *cursor) below(src *source, line int) {
	if c.value {
		return
	}
	for n := line + 1; n <= len(src.lint); n++ {
		l := src.line(n)
		trimmed := strings.TrimSpace(l)
		if trimmed == "" || trimmed[0] == '#' {
			continue
		}
		segs, _ := segments(l)
		if mark(l) || len(segs) == 0 && len(l)-len(strings.TrimLeft(l, " ")) < c.from || len(segs) > 0 && segs[0].col < c.from {
			return
		}
		if len(segs) > 0 && segs[0].key != "" && segs[0].col == c.from {
			c.before = append(c.before, segs[0].key)
		}
	}
}

// object reads kind and apiVersion of the document around the line.
func (c *cursor) object(src *source, line int) {
	first, last := line, line
	for first > 1 && !mark(src.line(first-1)) {
		first--
	}
	for last < len(src.lint) && !mark(src.line(last+1)) {
		last++
	}
	for n := first; n <= last; n++ {
		segs, rest := segments(src.line(n))
		if len(segs) != 1 || segs[0].col != 0 {
			continue
		}
		text := src.line(n)[rest:]
		if i := comment(text); i >= 0 {
			text = text[:i]
		}
		switch text = strings.Trim(strings.TrimSpace(text), `"'`); segs[0].key {
		case "kind":
			c.kind = text
		case "apiVersion":
			c.apiVersion = text
		}
	}
	if c.apiVersion == "" || c.kind == "" {
		c.apiVersion, c.kind = "", ""
	}
}
