package values

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// resolvePlain types a plain scalar as go.yaml.in/yaml/v2 does, which is what
// Helm reads values with. Timestamps stay strings, because the values pass
// through JSON.
func resolvePlain(s string) (Kind, float64, bool) {
	switch s {
	case "", "~", "null", "Null", "NULL":
		return Null, 0, false
	case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE":
		return Bool, 0, true
	case "n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE":
		return Bool, 0, false
	case ".nan", ".NaN", ".NAN":
		return Number, math.NaN(), false
	case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF":
		return Number, math.Inf(1), false
	case "-.inf", "-.Inf", "-.INF":
		return Number, math.Inf(-1), false
	}
	if c := s[0]; !(c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.') {
		return String, 0, false
	}
	plain := strings.ReplaceAll(s, "_", "")
	if i, err := strconv.ParseInt(plain, 0, 64); err == nil {
		return Number, float64(i), false
	}
	if u, err := strconv.ParseUint(plain, 0, 64); err == nil {
		return Number, float64(u), false
	}
	if yamlFloat.MatchString(plain) {
		if f, err := strconv.ParseFloat(plain, 64); err == nil {
			return Number, f, false
		}
	}
	if rest, neg := strings.CutPrefix(plain, "-"); strings.HasPrefix(rest, "0b") {
		if i, err := strconv.ParseInt(rest[2:], 2, 64); err == nil {
			if neg {
				i = -i
			}
			return Number, float64(i), false
		}
	}
	return String, 0, false
}

var yamlFloat = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)

// numberKey writes a numeric key as Helm's reader does.
func numberKey(n *Node) string {
	if i, err := strconv.ParseInt(strings.ReplaceAll(n.Text, "_", ""), 0, 64); err == nil {
		return strconv.FormatInt(i, 10)
	}
	return strconv.FormatFloat(n.Number, 'g', -1, 64)
}
