package helmcmd

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
	"helm.sh/helm/v4/pkg/strvals"
)

// Set is one argument of the --set family.
type Set struct {
	Flag string // set, set-string, set-json, set-literal or set-file
	Word int
	Raw  string // the argument, what the shell replaces as it is written
	// Error is what Helm answers to the argument; it may quote parts of it.
	Error       string
	Assignments []Assignment
}

// Assignment is one key of an argument and its value.
type Assignment struct {
	Path  lint.Path // nil where the shell makes the key
	Value any       // as Helm types it
	Known bool      // Value is told; never for --set-file
}

func newSet(f Flag) Set {
	s := Set{Flag: f.Name, Word: f.Value.Word, Raw: f.Value.Text}
	for _, p := range split(f.Name, f.Value.masked) {
		s.Assignments = append(s.Assignments, p.assignment(f.Name))
	}
	if f.Value.Known {
		s.Error = refusal(f.Name, f.Value.Text)
	}
	return s
}

// refusal returns Helm's error about an argument.
func refusal(flag, arg string) string {
	base := map[string]any{}
	var err error
	switch flag {
	case "set":
		err = strvals.ParseInto(arg, base)
	case "set-string":
		err = strvals.ParseIntoString(arg, base)
	case "set-literal":
		err = strvals.ParseLiteralInto(arg, base)
	case "set-file":
		err = strvals.ParseIntoFile(arg, base, func([]rune) (any, error) { return "", nil })
	case "set-json":
		if trimmed := strings.TrimSpace(arg); strings.HasPrefix(trimmed, "{") { // Helm 4 takes an object
			if json.Unmarshal([]byte(trimmed), &base) != nil {
				return fmt.Sprintf("failed parsing --set-json data JSON: %s", arg)
			}
		} else if strvals.ParseJSON(arg, base) != nil {
			return fmt.Sprintf("failed parsing --set-json data %s", arg)
		}
	}
	if err != nil {
		return fmt.Sprintf("failed parsing --%s data: %s", flag, err)
	}
	return ""
}

// piece is the text of one assignment: KEY=VALUE.
type piece struct {
	text  string
	equal int // offset of the equals sign
}

// split splits an argument at the commas that Helm splits at. Pieces without an
// equals sign are left out.
func split(flag, arg string) []piece {
	switch flag {
	case "set-literal":
		if i := strings.IndexByte(arg, '='); i >= 0 {
			return []piece{{arg, i}}
		}
		return nil
	case "set-json":
		return splitJSON(arg)
	}
	var out []piece
	for arg != "" {
		i := find(arg, "=,")
		if i < 0 {
			break
		}
		if arg[i] == ',' {
			arg = arg[i+1:]
			continue
		}
		end := i + 1
		if strings.HasPrefix(arg[end:], "{") {
			j := find(arg[end:], "}")
			if j < 0 {
				end = len(arg)
			} else {
				end += j + 1
			}
		} else if j := find(arg[end:], ","); j >= 0 {
			end += j
		} else {
			end = len(arg)
		}
		out = append(out, piece{arg[:end], i})
		arg = strings.TrimPrefix(arg[end:], ",")
	}
	return out
}

// splitJSON reads a JSON value behind each equals sign.
func splitJSON(arg string) []piece {
	if strings.HasPrefix(strings.TrimSpace(arg), "{") {
		return []piece{{arg, -1}}
	}
	var out []piece
	for {
		i := find(arg, "=")
		if i < 0 {
			return out
		}
		var v any
		d := json.NewDecoder(strings.NewReader(arg[i+1:]))
		if d.Decode(&v) != nil {
			return append(out, piece{arg, i})
		}
		end := i + 1 + int(d.InputOffset())
		out = append(out, piece{arg[:end], i})
		arg = strings.TrimPrefix(strings.TrimLeftFunc(arg[end:], unicode.IsSpace), ",")
	}
}

// find returns the offset of the first of the characters that no backslash
// precedes, or -1.
func find(s, chars string) int {
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' {
			i++
		} else if strings.IndexByte(chars, s[i]) >= 0 {
			return i
		}
	}
	return -1
}

func (p piece) assignment(flag string) Assignment {
	if p.equal < 0 {
		v, ok := apply(flag, p.text)
		return Assignment{Path: lint.Path{}, Value: v.Any(), Known: ok}
	}
	a := Assignment{Path: keyPath(p.text[:p.equal], flag == "set-literal")}
	if a.Path == nil || flag == "set-file" || strings.ContainsRune(p.text, mask) {
		return a
	}
	root, ok := apply(flag, p.text)
	if n := root.Lookup(a.Path); ok && n != nil {
		a.Value, a.Known = n.Any(), true
	}
	return a
}

// apply returns the tree that one assignment makes.
func apply(flag, text string) (*values.Node, bool) {
	if strings.ContainsRune(text, mask) {
		return nil, false
	}
	var o values.Options
	switch flag {
	case "set":
		o.Values = []string{text}
	case "set-string":
		o.StringValues = []string{text}
	case "set-literal":
		o.LiteralValues = []string{text}
	case "set-json":
		o.JSONValues = []string{text}
	}
	v := values.MergeFiles()
	problems := values.Loader{Profile: values.Helm4}.Apply(v, o)
	return v.Root, len(problems) == 0
}

// keyPath reads a.b[0].c, or returns nil where the shell makes a part of it.
func keyPath(key string, literal bool) lint.Path {
	if strings.ContainsRune(key, mask) {
		return nil
	}
	path := lint.Path{}
	var b strings.Builder
	flush := func(i int) {
		if b.Len() > 0 || i == 0 || key[i-1] != ']' {
			path = path.Key(b.String())
			b.Reset()
		}
	}
	for i := 0; i < len(key); i++ {
		switch {
		case key[i] == '\\' && !literal && i+1 < len(key):
			i++
			b.WriteByte(key[i])
		case key[i] == '.':
			flush(i)
		case key[i] == '[':
			flush(i)
			index, _, closed := strings.Cut(key[i+1:], "]")
			n, err := strconv.Atoi(index)
			if err != nil || n < 0 || !closed {
				return nil
			}
			path = path.Index(n)
			i += len(index) + len("]")
		default:
			b.WriteByte(key[i])
		}
	}
	flush(len(key))
	return path
}
