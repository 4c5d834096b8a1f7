package values

import "strings"

// Placeholders lists what a string still waits for: NAME for each $NAME and
// ${NAME}, and the text between the braces for each {{ expression }}. Escaped
// dollars (`$$`) and dollars before anything but a name do not count.
func Placeholders(s string) []string {
	var out []string
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '$' && i+1 < len(s) && s[i+1] == '$':
			i++
		case s[i] == '$':
			if name, n := variable(s[i:]); n > 0 {
				out = append(out, name)
				i += n - 1
			}
		case strings.HasPrefix(s[i:], "{{"):
			end := strings.Index(s[i:], "}}")
			if end < 0 {
				return out
			}
			out = append(out, strings.TrimSpace(strings.Trim(s[i+2:i+end], "-")))
			i += end + 1
		}
	}
	return out
}

// variable reads $NAME or ${NAME...} at the start of s and returns the name and
// the length of the whole reference, or 0.
func variable(s string) (string, int) {
	start, braced := 1, false
	if len(s) > 1 && s[1] == '{' {
		start, braced = 2, true
	}
	i := start
	for i < len(s) && (s[i] == '_' || s[i] >= 'a' && s[i] <= 'z' || s[i] >= 'A' && s[i] <= 'Z' || i > start && s[i] >= '0' && s[i] <= '9') {
		i++
	}
	if i == start {
		return "", 0
	}
	name := s[start:i]
	if !braced {
		return name, i
	}
	end := strings.IndexByte(s[i:], '}')
	if end < 0 {
		return "", 0
	}
	return name, i + end + 1
}
