package values

import (
	"encoding/base64"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/helmvet/helmvet/internal/lazyregexp"
)

// form is what YAML makes of a scalar before it passes through JSON. Keys keep
// the difference between the numbers, values lose it.
type form uint8

const (
	formString form = iota
	formNull
	formBool
	formInt    // fits an int64
	formUint   // does not, but fits a uint64
	formFloat  //
	formTime   // stays a string, because values pass through JSON
	formMerge  // `<<`
	formBinary // of !!binary, already decoded
)

// String names the form as a tag would.
func (f form) String() string {
	return [...]string{"a string", "null", "a boolean", "an integer", "an integer", "a number with a fraction", "a timestamp", "a merge key", "binary"}[f]
}

// scalar is a typed scalar.
type scalar struct {
	form  form
	bool  bool
	int   int64
	float float64 // of all numbers
	str   string
}

// resolve types a scalar as go.yaml.in/yaml/v2 does, which is what Helm reads
// values with. An empty tag is that of a plain scalar. It fails when the tag
// does not fit the value, as Helm does.
func resolve(tag, s string) (scalar, error) {
	var want form
	switch tag {
	case "":
		return resolvePlain(s, true), nil
	case "!!null":
		want = formNull
	case "!!bool":
		want = formBool
	case "!!int":
		want = formInt
	case "!!float":
		want = formFloat
	case "!!timestamp":
		want = formTime
	case "!!binary":
		raw, err := base64.StdEncoding.DecodeString(s)
		if err != nil {
			return scalar{form: formString, str: s}, fmt.Errorf("!!binary value is not valid base64; Helm refuses it, encode it again without spaces")
		}
		return scalar{form: formBinary, str: likeJSON(string(raw))}, nil
	default: // Helm drops tags that it does not know, and does not type the value
		return scalar{form: formString, str: s}, nil
	}
	got := resolvePlain(s, want == formTime)
	switch {
	case got.form == want, want == formInt && got.form == formUint:
		return got, nil
	case want == formFloat && got.form == formInt:
		got.form = formFloat
		return got, nil
	}
	return got, fmt.Errorf("value is %s and cannot be tagged %s; Helm refuses it, remove the tag", got.form, tag)
}

// likeJSON replaces what is not UTF-8 as a trip through JSON does.
func likeJSON(s string) string {
	return string([]rune(s))
}

// resolvePlain types a plain scalar.
func resolvePlain(s string, dates bool) scalar {
	switch s {
	case "", "~", "null", "Null", "NULL":
		return scalar{form: formNull}
	case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE":
		return scalar{form: formBool, bool: true}
	case "n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE":
		return scalar{form: formBool}
	case ".nan", ".NaN", ".NAN":
		return scalar{form: formFloat, float: math.NaN()}
	case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF":
		return scalar{form: formFloat, float: math.Inf(1)}
	case "-.inf", "-.Inf", "-.INF":
		return scalar{form: formFloat, float: math.Inf(-1)}
	case "<<":
		return scalar{form: formMerge, str: s}
	}
	switch c := s[0]; {
	case c == '.':
		if f, err := strconv.ParseFloat(s, 64); err == nil {
			return scalar{form: formFloat, float: f}
		}
	case c >= '0' && c <= '9' || c == '+' || c == '-':
		if dates && isTimestamp(s) {
			return scalar{form: formTime, str: s}
		}
		if n, ok := resolveNumber(strings.ReplaceAll(s, "_", "")); ok {
			return n
		}
	}
	return scalar{form: formString, str: s}
}

func resolveNumber(s string) (scalar, bool) {
	if i, err := strconv.ParseInt(s, 0, 64); err == nil {
		return scalar{form: formInt, int: i, float: float64(i)}, true
	}
	if u, err := strconv.ParseUint(s, 0, 64); err == nil {
		return scalar{form: formUint, float: float64(u)}, true
	}
	if yamlFloat.MatchString(s) {
		if f, err := strconv.ParseFloat(s, 64); err == nil {
			return scalar{form: formFloat, float: f}, true
		}
	}
	// "-0b+101" and its like: the reader cuts the prefix off and tries again.
	digits, neg := strings.CutPrefix(s, "-0b")
	if neg {
		digits = "-" + digits
	} else if digits, neg = strings.CutPrefix(s, "0b"); !neg {
		return scalar{}, false
	}
	if i, err := strconv.ParseInt(digits, 2, 64); err == nil {
		return scalar{form: formInt, int: i, float: float64(i)}, true
	}
	return scalar{}, false
}

var yamlFloat = lazyregexp.New(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)

// isTimestamp reports whether YAML 1.1 takes the scalar for a point in time.
func isTimestamp(s string) bool {
	if len(s) < 6 || s[4] != '-' {
		return false
	}
	for i := range 4 {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	for _, layout := range [...]string{
		"2006-1-2T15:4:5.999999999Z07:00",
		"2006-1-2t15:4:5.999999999Z07:00",
		"2006-1-2 15:4:5.999999999",
		"2006-1-2",
	} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

// key writes a scalar as the key that Helm makes of it; a null and an integer
// beyond 64 bits are refused.
func (s scalar) key() (string, bool) {
	switch s.form {
	case formBool:
		return strconv.FormatBool(s.bool), true
	case formInt:
		return strconv.FormatInt(s.int, 10), true
	case formFloat:
		switch k := strconv.FormatFloat(s.float, 'g', -1, 32); k {
		case "+Inf":
			return ".inf", true
		case "-Inf":
			return "-.inf", true
		case "NaN":
			return ".nan", true
		default:
			return k, true
		}
	case formNull, formUint:
		return "", false
	}
	return s.str, true
}
