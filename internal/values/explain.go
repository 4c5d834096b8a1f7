package values

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	yaml4 "go.yaml.in/yaml/v4"

	"github.com/helmvet/helmvet/internal/lazyregexp"
)

// fault is a syntax error in plain words: what is wrong, from where to where,
// and what else to look at.
type fault struct {
	start, end int
	message    string
	cause      int
	because    string
}

// explain says in plain words what the YAML library found, and what to type.
// The library speaks of its own state ("did not find expected key"); what the
// author did is found in the text around the place.
func (t *text) explain(le *yaml4.LoadError) fault {
	at := t.offset(max(le.Mark.Line, 1), max(le.Mark.Column, 1))
	begin := at
	if le.ContextMark.Line > 0 {
		begin = t.offset(le.ContextMark.Line, le.ContextMark.Column)
	}
	f := fault{start: at}
	context := le.ContextMsg
	switch msg := le.Message; {
	case strings.Contains(msg, "tab character") || strings.Contains(msg, "cannot start any token") && t.char(at) == '\t':
		return t.tab(at)
	case strings.Contains(msg, "cannot start any token"):
		f.message = fmt.Sprintf("value begins with `%c`, which YAML reserves; quote the value", t.char(at))
	case strings.Contains(msg, "mapping values are not allowed"):
		return t.strayColon(at)
	case strings.Contains(msg, "could not find expected ':'"):
		return t.noColon(begin)
	case strings.Contains(msg, "did not find expected key"):
		return t.notAKey(at, begin)
	case strings.Contains(msg, "expected '-' indicator"):
		f.end = t.wordEnd(at)
		f.message = "key where the next item of a list was expected; begin the line with `- `, or indent it like the key of the list"
		f.cause, f.because = begin, "the list begins here"
	case strings.Contains(msg, "block sequence entries are not allowed"):
		f.message = "list item on the line of its key; put `- ...` on a line of its own, or quote the value if the dash is part of it"
	case strings.Contains(context, "quoted scalar") && (strings.Contains(msg, "end of stream") || strings.Contains(msg, "document indicator")):
		f.start, f.end = begin, begin+1
		f.message = fmt.Sprintf("quote is never closed; add the closing %c", t.char(begin))
	case strings.Contains(msg, "unknown escape character"):
		next := t.next(at + 1)
		f.end = next
		f.message = fmt.Sprintf("`%s` is no escape inside double quotes; write `\\\\` for a backslash, or use single quotes", t.data[at:next])
	case strings.Contains(msg, "hexadecimal"), strings.Contains(msg, "Unicode character escape"):
		f.start, f.end = begin, begin+1
		f.message = "escape inside double quotes needs hexadecimal digits, as in `\\x41` or `\\u0041`; write `\\\\` for a backslash, or use single quotes"
	case strings.Contains(msg, "expected ',' or"):
		return t.flow(at, begin)
	case strings.Contains(msg, "expected node content"):
		return t.noNode(at)
	case strings.Contains(msg, "unknown anchor"):
		f.end = at + 1
		for f.end < len(t.data) && isWord(t.data[f.end]) {
			f.end++
		}
		f.message = "the alias names an anchor that is not above it in this document; define the anchor first, or quote the value if the * is part of it"
	case strings.Contains(context, "scanning an alias"):
		f.start, f.end = begin, begin+1
		f.message = "value begins with `*`, which makes it an alias; quote the value"
	case strings.Contains(context, "scanning an anchor"):
		f.start, f.end = begin, begin+1
		f.message = "value begins with `&`, which makes it an anchor; quote the value"
	case strings.Contains(context, "tag") && !strings.Contains(context, "directive"):
		f.start, f.end = begin, begin+1
		f.message = "value begins with `!`, which makes it a tag; quote the value"
	case strings.Contains(msg, "indentation indicator"):
		f.message = "indentation indicator of a block string must be a digit from 1 to 9"
	case strings.Contains(context, "block scalar") && strings.Contains(msg, "comment"):
		f.end = lineEnd(t.data, at)
		f.message = fmt.Sprintf("text after the `%c` of a block string; begin the text on the next line, or quote the value", t.char(begin))
	case strings.Contains(msg, "incompatible YAML document"), strings.Contains(msg, "%YAML"):
		f.end = lineEnd(t.data, at)
		f.message = "%YAML directive of a version that Helm does not read; delete the line"
	case strings.Contains(context, "directive"), strings.Contains(msg, "directive"):
		f.start = t.lineStart(at)
		f.end = lineEnd(t.data, at)
		f.message = "line begins with `%`, which makes it a directive; delete it or quote the text"
	case strings.Contains(msg, "<document start>"):
		f.end = lineEnd(t.data, at)
		f.message = garbage
	case strings.Contains(msg, "mapping keys are not allowed"):
		f.message = "`?` begins a key here, where none may stand; quote the value"
	case strings.Contains(msg, "max depth"):
		f.message = "values are nested deeper than any chart reads; is the file generated?"
	default:
		f.message = msg
		if context != "" {
			f.message += " " + context
			f.cause, f.because = begin, "it begins here"
		}
	}
	return f
}

const garbage = "text after the end of the values; Helm 3 ignores everything from here on, so delete it or make it part of the mapping"

// explainUnlocated is explain for the few texts that only Helm's reader refuses.
// They hold tabs that a later YAML takes.
func (t *text) explainUnlocated(err error) fault {
	_, msg, _ := strings.Cut(err.Error(), "yaml: ")
	near := 0
	if m := errorLine.FindStringSubmatch(msg); m != nil {
		near, _ = strconv.Atoi(m[1])
		msg = strings.TrimPrefix(msg, m[0])
	}
	if strings.Contains(msg, "max depth") {
		return fault{message: "values are nested deeper than any chart reads; is the file generated?"}
	}
	for _, l := range []int{near, near + 1, near - 1, near + 2} {
		if line := t.line(l); len(line) > 0 {
			if i := bytes.IndexByte(line, '\t'); i >= 0 && (isSpaceOnly(line[:i]) || isSpaceOnly(line[i:])) {
				return t.tab(t.lines[l-1] + i)
			}
		}
	}
	if i := bytes.IndexByte(t.data, '\t'); i >= 0 {
		return fault{start: i, message: "tab where Helm's YAML reader wants blanks; replace it with blanks"}
	}
	return fault{start: t.offset(max(near, 1), 1), message: msg}
}

var errorLine = lazyregexp.New(`^line (\d+): `)

func isSpaceOnly(b []byte) bool { return len(bytes.TrimLeft(b, " \t")) == 0 }

func (t *text) tab(at int) fault {
	start := t.lineStart(at)
	for i := start; i < len(t.data) && isBlank(t.data[i]); i++ {
		if t.data[i] == '\t' {
			at = i
			break
		}
	}
	end := at
	for end < len(t.data) && t.data[end] == '\t' {
		end++
	}
	return fault{start: at, end: end, message: "tab in the indentation; YAML indents with blanks only, replace the tab"}
}

// strayColon explains a colon that cannot begin a value.
func (t *text) strayColon(at int) fault {
	start := t.lineStart(at)
	first := start + indentOf(t.data[start:])
	before := string(t.data[first:at])
	if strings.HasPrefix(before, "--- ") {
		return fault{start: first, end: at + 1, message: "values on the line of a `---`; begin them on the next line"}
	}
	if key, rest, ok := cutKey(before); ok {
		if q := strings.TrimSpace(rest); len(q) > 1 && (q[0] == '"' || q[0] == '\'') && q[len(q)-1] == q[0] {
			return fault{start: at, end: at + 1, message: fmt.Sprintf("colon after the closing quote of the value of %q; quote the value as a whole", key)}
		}
		return fault{start: at, end: at + 1, message: fmt.Sprintf("second `: ` on the line, inside the unquoted value of %q; quote the value", key)}
	}
	above, end := t.lineAbove(start)
	if above < 0 {
		return fault{start: at, end: at + 1, message: "colon where no value can begin; is a quote or a line end missing?"}
	}
	upper := string(t.data[above:end])
	if _, rest, ok := cutKey(upper); ok && strings.TrimSpace(rest) != "" {
		return fault{
			start: first, end: at, cause: above, because: "this key has a value already",
			message: fmt.Sprintf("%q is indented deeper than the line above, which has a value already; indent both alike", before),
		}
	}
	return fault{
		start: above, end: end, cause: first, because: "the next key begins here",
		message: notALine + "is a colon missing?",
	}
}

// The line itself is not quoted: it may be a piece of a secret.
const notALine = "line is neither `key: value` nor a list item; "

// noColon explains a line that begins like a key and has no colon.
func (t *text) noColon(at int) fault {
	end := lineEnd(t.data, at)
	line := strings.TrimSpace(string(t.data[at:end]))
	hint := "is a colon missing?"
	switch {
	case strings.HasPrefix(line, "-"):
		hint = "is a blank missing after the dash?"
	case strings.Contains(line, ":"):
		hint = "is a blank missing after the colon?"
	}
	return fault{start: at, end: at + len(line), message: notALine + hint}
}

// notAKey explains what stands where the next key of a mapping should.
func (t *text) notAKey(at, begin int) fault {
	start := t.lineStart(at)
	first := start + indentOf(t.data[start:])
	if at > first {
		for i := first; i < at; i++ {
			c := t.data[i]
			if c != '"' && c != '\'' || i > 0 && !isBlank(t.data[i-1]) {
				continue
			}
			end := i + quotedLen(t.data[i:])
			if end <= at && isSpaceOnly(t.data[end:at]) {
				how := "write `\\\"` for a quote inside double quotes"
				if c == '\'' {
					how = "write `''` for a quote inside single quotes"
				}
				return fault{
					start: at, end: lineEnd(t.data, at), cause: i, because: "the quoted value begins here",
					message: "text after the closing quote of a value; " + how + ", or quote the value as a whole",
				}
			}
		}
		return fault{start: at, end: lineEnd(t.data, at), message: "text where the next key was expected; is a quote or a line end missing?"}
	}
	if bytes.HasPrefix(t.data[at:], []byte("- ")) {
		return fault{
			start: at, end: at + 1, cause: begin, because: "the mapping begins here",
			message: "list item where a key was expected; a mapping and a list cannot stand side by side, indent the item below its key",
		}
	}
	return fault{
		start: at, end: t.wordEnd(at), cause: begin, because: "the mapping around it begins here",
		message: fmt.Sprintf("line is indented by %d, which matches no line above; indent it like its neighbours", at-start),
	}
}

// flow explains what is wrong inside brackets.
func (t *text) flow(at, open int) fault {
	c := t.char(open)
	end := map[rune]string{'[': "]", '{': "}"}[c]
	if bytes.HasPrefix(t.data[open:], []byte("{{")) || open > 0 && c == '{' && t.data[open-1] == '{' {
		return fault{start: open, end: open + 1, message: "template expression that begins a value and is not closed by `}}` on the line; close it and quote the value"}
	}
	line, _ := t.position(at)
	if openLine, _ := t.position(open); openLine == line && at < len(t.data) && breakLen(t.data[at:]) == 0 {
		return fault{
			start: at, cause: open, because: "it was opened here",
			message: fmt.Sprintf("`,` or `%s` expected inside `%c`; is a comma missing, or quotes around a value?", end, c),
		}
	}
	where := fmt.Sprintf("before line %d", line)
	if len(bytes.TrimSpace(t.data[min(at, len(t.data)):])) == 0 {
		where = "before the end of the file"
	}
	return fault{
		start: open, end: open + 1, cause: at, because: "this cannot stand inside the bracket",
		message: fmt.Sprintf("`%c` is not closed %s; add the `%s`, or a comma between the items", c, where, end),
	}
}

// noNode explains a place where no value begins.
func (t *text) noNode(at int) fault {
	if len(bytes.TrimSpace(t.data[min(at, len(t.data)):])) == 0 {
		if open := bytes.LastIndexAny(t.data, "[{"); open >= 0 {
			return fault{start: open, end: open + 1, message: fmt.Sprintf("`%c` is never closed", t.char(open))}
		}
		return fault{start: at, message: "file ends where a value was expected"}
	}
	switch c := t.char(at); c {
	case ']', '}':
		return fault{start: at, message: fmt.Sprintf("`%c` closes no bracket; delete it, or quote the value", c)}
	case ',':
		return fault{start: at, message: "comma where a value was expected; quote the value, or delete the comma"}
	case '{', '[':
		return fault{start: at, message: fmt.Sprintf("`%c` where no value can begin; quote the value", c)}
	}
	return fault{start: at, end: t.wordEnd(at), message: "no value can begin here; quote the value, or check the line above"}
}

func (t *text) char(at int) rune {
	if at >= len(t.data) {
		return ' '
	}
	return []rune(string(t.data[at:t.next(at)]))[0]
}

func (t *text) lineStart(at int) int {
	line, _ := t.position(at)
	return t.offset(line, 1)
}

func (t *text) wordEnd(at int) int {
	end := at
	for end < len(t.data) && !isBlank(t.data[end]) && breakLen(t.data[end:]) == 0 {
		end++
	}
	return end
}

// lineAbove returns the text of the nearest line above that is neither empty
// nor a comment.
func (t *text) lineAbove(start int) (from, to int) {
	n, _ := t.position(start)
	for n--; n >= 1; n-- {
		line := t.line(n)
		if body := bytes.TrimLeft(line, " "); len(bytes.TrimSpace(body)) > 0 && body[0] != '#' {
			from = t.offset(n, 1)
			return from + indentOf(line), from + len(bytes.TrimRight(line, " \t"))
		}
	}
	return -1, -1
}

var keyPattern = lazyregexp.New("^(?:- +)*(\"[^\"]*\"|'[^']*'|[^\\s\"'#\\[{][^#]*?)\\s*:(?:\\s|$)")

// cutKey splits `key: rest`.
func cutKey(line string) (key, rest string, ok bool) {
	m := keyPattern.FindStringSubmatchIndex(line)
	if m == nil {
		return "", "", false
	}
	return strings.Trim(line[m[2]:m[3]], `"'`), line[m[1]:], true
}

// conflictMarker finds what a merge left behind.
func (t *text) conflictMarker() int {
	for _, i := range t.lines {
		if bytes.HasPrefix(t.data[i:], []byte("<<<<<<< ")) || bytes.HasPrefix(t.data[i:], []byte(">>>>>>> ")) {
			return i
		}
	}
	return -1
}

// actionLine finds a line that is one template action and nothing else: the
// line of an offset, or the nearest one above.
func (t *text) actionLine(at int) int {
	start := t.lineStart(at)
	above, _ := t.lineAbove(start)
	for _, i := range []int{start, above} {
		if i < 0 {
			continue
		}
		line := strings.TrimSpace(t.unmask(string(t.data[i:lineEnd(t.data, i)])))
		if strings.HasPrefix(line, "{{") && strings.HasSuffix(line, "}}") && strings.Count(line, "{{") == 1 {
			return i + indentOf(t.data[i:])
		}
	}
	return -1
}
