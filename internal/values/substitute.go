package values

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// edit is a placeholder that was replaced: its value's place in the text, and
// its own in the file.
type edit struct{ start, end, fileStart, fileEnd int }

// Env holds the values of placeholders by name.
type Env map[string]string

// Set adds one `NAME=value` as it stands, without quotes. It fails when there
// is no name, or the value is nothing that YAML could hold.
func (e Env) Set(arg string) error {
	name, value, ok := strings.Cut(arg, "=")
	if !ok {
		return fmt.Errorf("the argument has no `=`; write NAME=VALUE")
	}
	if !isName(name) {
		return fmt.Errorf("%q is no name of a variable; write letters, digits and _", name)
	}
	if err := checkValue(value); err != nil {
		return fmt.Errorf("value of %s %w", name, err)
	}
	e[name] = value
	return nil
}

// ParseEnvFile reads a file of `NAME=value` and `export NAME=value` lines.
// Comments begin with # at the start of a line or after a blank. Single quotes
// keep everything; in double quotes \n, \r and \t stand for themselves and a
// backslash takes its meaning from ", \, $ and `. Quoted values may go over
// several lines. Nothing is expanded. The error names file and line, never a
// value.
func ParseEnvFile(name string, data []byte) (Env, error) {
	env := Env{}
	rest := strings.ReplaceAll(string(bytes.TrimPrefix(data, []byte(bom))), "\r\n", "\n")
	for line := 1; rest != ""; {
		n, err := env.readLine(rest)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, line, err)
		}
		line += strings.Count(rest[:n], "\n")
		rest = rest[n:]
	}
	return env, nil
}

// readLine reads one entry and returns its length, line end included.
func (e Env) readLine(s string) (int, error) {
	end := strings.IndexByte(s+"\n", '\n')
	line := strings.TrimSpace(s[:end])
	if line == "" || line[0] == '#' {
		return min(end+1, len(s)), nil
	}
	eq := strings.IndexByte(s[:end], '=')
	if eq < 0 {
		return 0, fmt.Errorf("line has no `=`; write NAME=VALUE")
	}
	name := strings.TrimSpace(s[:eq])
	if after, ok := strings.CutPrefix(name, "export"); ok && strings.TrimLeft(after, " \t") != after {
		name = strings.TrimSpace(after)
	}
	if !isName(name) {
		return 0, fmt.Errorf("text before the `=` is no name of a variable; write letters, digits and _")
	}
	at := eq + 1
	for at < end && isBlank(s[at]) {
		at++
	}
	value := ""
	if at < end && (s[at] == '"' || s[at] == '\'') {
		length, text := unquoteEnv(s[at:])
		if length == 0 {
			return 0, fmt.Errorf("quote of %s is never closed", name)
		}
		value = text
		at += length
		end = at + strings.IndexByte(s[at:]+"\n", '\n')
		if after := strings.TrimLeft(s[at:end], " \t"); after != "" && (after[0] != '#' || after == s[at:end]) {
			return 0, fmt.Errorf("text after the closing quote of %s; quote the value as a whole", name)
		}
	} else {
		value = s[at:end]
		for i := range value {
			if value[i] == '#' && (i == 0 || isBlank(value[i-1])) {
				value = value[:i]
				break
			}
		}
		value = strings.TrimSpace(value)
	}
	if err := checkValue(value); err != nil {
		return 0, fmt.Errorf("value of %s %w", name, err)
	}
	e[name] = value
	return min(end+1, len(s)), nil
}

// unquoteEnv reads a quoted value and returns its length, 0 if it is not closed.
func unquoteEnv(s string) (int, string) {
	var out strings.Builder
	for i := 1; i < len(s); i++ {
		c := s[i]
		if c == s[0] {
			return i + 1, out.String()
		}
		if c == '\\' && s[0] == '"' && i+1 < len(s) {
			i++
			switch n := s[i]; n {
			case 'n':
				c = '\n'
			case 'r':
				c = '\r'
			case 't':
				c = '\t'
			case '"', '\\', '$', '`':
				c = n
			case '\n': // a line that goes on
				continue
			default:
				out.WriteByte('\\')
				c = n
			}
		}
		out.WriteByte(c)
	}
	return 0, ""
}

func isName(s string) bool {
	name, n, plain := variable("$"+s, true)
	return plain && n == len(s)+1 && name == s
}

func checkValue(s string) error {
	if !utf8.ValidString(s) {
		return fmt.Errorf("is not valid UTF-8")
	}
	for _, r := range s {
		if r < 0x20 && r != '\n' && r != '\r' && r != '\t' || r == 0x7f {
			return fmt.Errorf("holds the control character %U, which YAML does not allow", r)
		}
	}
	return nil
}

// substitute replaces the placeholders that env knows, as envsubst does: only
// $NAME and ${NAME}, and a value is not looked into again. It returns t itself
// when there is nothing to replace.
func substitute(t *text, env Env) *text {
	src := string(t.data)
	var out []byte
	var edits []edit
	last, brace := 0, strings.LastIndexByte(src, '}')
	for i := 0; i < len(src); i++ {
		if src[i] != '$' {
			continue
		}
		name, n, plain := variable(src[i:], i < brace)
		value, known := env[name]
		if !plain || !known {
			continue
		}
		out = append(out, src[last:i]...)
		e := edit{start: len(out), fileStart: i, fileEnd: i + n}
		out = append(out, value...)
		e.end, last = len(out), i+n
		edits = append(edits, e)
		i += n - 1
	}
	if edits == nil {
		return t
	}
	s := newText(append(out, src[last:]...))
	s.edits = edits
	s.toFile = func(off int, end bool) int { return unedit(edits, off, end) }
	return s
}

// unedit maps an offset of the text to the file. What lies in a value is placed
// at the whole placeholder.
func unedit(edits []edit, off int, end bool) int {
	before := 0 // edits that lie before off
	for i, j := 0, len(edits); i < j; {
		mid := (i + j) / 2
		e := edits[mid]
		if end && (e.start < off || e.start == off && e.end == off) || !end && e.end <= off && e.start < off {
			i = mid + 1
		} else {
			j = mid
		}
		before = i
	}
	if !end && before < len(edits) && edits[before].start <= off {
		return edits[before].fileStart
	}
	if before == 0 {
		return off
	}
	e := edits[before-1]
	if off <= e.end {
		return e.fileEnd
	}
	return e.fileEnd + off - e.end
}
