package lint

import (
	"fmt"
	"strconv"
	"strings"
)

// Step is one step of a Path: a key of a mapping, or an index of a list.
type Step struct {
	Key     string
	Index   int
	IsIndex bool
}

// Path leads from the root of a document or of merged values to one value.
// The empty path is the root.
type Path []Step

// Key returns the path extended by a mapping key. The receiver is not changed.
func (p Path) Key(key string) Path {
	return append(p[:len(p):len(p)], Step{Key: key})
}

// Index returns the path extended by a list index. The receiver is not changed.
func (p Path) Index(i int) Path {
	return append(p[:len(p):len(p)], Step{Index: i, IsIndex: true})
}

// Keys makes a path of mapping keys.
func Keys(keys ...string) Path {
	p := make(Path, len(keys))
	for i, k := range keys {
		p[i].Key = k
	}
	return p
}

// Parent returns the path without its last step; the root is its own parent.
func (p Path) Parent() Path {
	if len(p) == 0 {
		return p
	}
	return p[:len(p)-1]
}

// Last returns the last step, or the zero Step for the root.
func (p Path) Last() Step {
	if len(p) == 0 {
		return Step{}
	}
	return p[len(p)-1]
}

// HasPrefix reports whether p is q or lies below it.
func (p Path) HasPrefix(q Path) bool {
	if len(q) > len(p) {
		return false
	}
	for i := range q {
		if p[i] != q[i] {
			return false
		}
	}
	return true
}

// Equal reports whether both paths have the same steps.
func (p Path) Equal(q Path) bool { return len(p) == len(q) && p.HasPrefix(q) }

// String writes the path as `helm --set` would take it: keys joined by dots,
// indexes in brackets, and a backslash before each dot inside a key.
func (p Path) String() string {
	var b strings.Builder
	for i, s := range p {
		if s.IsIndex {
			b.WriteByte('[')
			b.WriteString(strconv.Itoa(s.Index))
			b.WriteByte(']')
			continue
		}
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(escapeKey(s.Key))
	}
	return b.String()
}

var keyEscaper = strings.NewReplacer(`\`, `\\`, `.`, `\.`, `[`, `\[`, `]`, `\]`)

func escapeKey(k string) string {
	if strings.ContainsAny(k, `.[]\`) {
		return keyEscaper.Replace(k)
	}
	return k
}

// ParsePath reads what String writes. It fails on an unclosed bracket, an index
// that is no number, and an empty key.
func ParsePath(s string) (Path, error) {
	var p Path
	var key strings.Builder
	open := false // a key has been begun
	flush := func() error {
		if !open {
			return fmt.Errorf("path %q has an empty key", s)
		}
		p = append(p, Step{Key: key.String()})
		key.Reset()
		open = false
		return nil
	}
	afterIndex := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '\\':
			if i+1 < len(s) {
				i++
				key.WriteByte(s[i])
				open = true
			}
		case '.':
			if afterIndex && !open {
				afterIndex = false
				continue
			}
			if err := flush(); err != nil {
				return nil, err
			}
		case '[':
			if open {
				if err := flush(); err != nil {
					return nil, err
				}
			}
			end := strings.IndexByte(s[i:], ']')
			if end < 0 {
				return nil, fmt.Errorf("path %q has an unclosed bracket", s)
			}
			n, err := strconv.Atoi(s[i+1 : i+end])
			if err != nil || n < 0 {
				return nil, fmt.Errorf("path %q has an index that is no number", s)
			}
			p = p.Index(n)
			i += end
			afterIndex = true
		default:
			afterIndex = false
			key.WriteByte(c)
			open = true
		}
	}
	if open {
		if err := flush(); err != nil {
			return nil, err
		}
	} else if s != "" && !afterIndex {
		return nil, fmt.Errorf("path %q has an empty key", s)
	}
	return p, nil
}
