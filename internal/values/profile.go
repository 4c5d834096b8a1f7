package values

import (
	"fmt"
	"strconv"
	"strings"
)

// Profile is the version of Helm whose rules hold. Versions differ in how they
// read files of several documents, in --set-json, and in what becomes of nulls.
// The zero Profile is the newest Helm 3.
type Profile struct{ major, minor, patch int }

// The newest versions whose rules are known.
const (
	oldestMinor3 = 12
	newestMinor3 = 22
	newestMinor4 = 3
	anyPatch     = 1 << 20 // the version was given without one: the last
)

// Helm3 and Helm4 are the newest versions of their line.
var (
	Helm3 = Profile{3, newestMinor3, anyPatch}
	Helm4 = Profile{4, newestMinor4, anyPatch}
)

// ParseProfile reads a version of Helm: "3", "4", "3.14", "v4.1.3". The empty
// text is the default. A version that is not between 3.12 and 4.3 is an error.
func ParseProfile(s string) (Profile, error) {
	bad := fmt.Errorf("helm version %q is not known; write one from 3.%d to 3.%d or from 4.0 to 4.%d, such as 3.%d", s, oldestMinor3, newestMinor3, newestMinor4, newestMinor3)
	parts := strings.Split(strings.TrimPrefix(s, "v"), ".")
	if s == "" {
		return Helm3, nil
	}
	if len(parts) > 3 {
		return Profile{}, bad
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.ParseUint(p, 10, 16)
		if err != nil {
			return Profile{}, bad
		}
		n[i] = int(v)
	}
	p := Profile{n[0], n[1], n[2]}
	if len(parts) < 3 {
		p.patch = anyPatch
	}
	switch {
	case p.major == 3 && len(parts) == 1:
		return Helm3, nil
	case p.major == 4 && len(parts) == 1:
		return Helm4, nil
	case p.major == 3 && p.minor >= oldestMinor3 && p.minor <= newestMinor3:
		return p, nil
	case p.major == 4 && p.minor <= newestMinor4:
		return p, nil
	}
	return Profile{}, bad
}

// String returns the version as ParseProfile reads it.
func (p Profile) String() string {
	if p == (Profile{}) {
		p = Helm3
	}
	if p.patch == anyPatch {
		return fmt.Sprintf("%d.%d", p.major, p.minor)
	}
	return fmt.Sprintf("%d.%d.%d", p.major, p.minor, p.patch)
}

// four reports whether a Helm 4 is meant, which merges all documents of a file
// and takes an object for --set-json.
func (p Profile) four() bool { return p.major == 4 }

// nulls says what becomes of a null below the top of the user's values.
type nulls uint8

const (
	keepUnlessDefault nulls = iota // goes with the default that it removes, even a null one
	dropNulls                      // always goes
	keepUnlessValue                // goes with the default that it removes, stays when there is none
)

func (p Profile) nulls() nulls {
	if p == (Profile{}) {
		p = Helm3
	}
	switch {
	case p.major == 3 && p.minor < 20:
		return keepUnlessDefault
	case p.major == 3 && p.minor == 20 && p.patch == 0,
		p.major == 4 && (p.minor == 0 || p.minor == 1 && p.patch < 3):
		return dropNulls
	}
	return keepUnlessValue
}

// cleanDefaults reports whether nulls of a chart's own values are removed.
func (p Profile) cleanDefaults() bool { return p.major == 4 && p.minor >= 2 }

// OldSchemas reports whether Helm judges values by gojsonschema, which knows the
// drafts up to 7 (until 3.18.4).
func (p Profile) OldSchemas() bool {
	return p.major == 3 && (p.minor < 18 || p.minor == 18 && p.patch < 5)
}

// TakesURN reports whether Helm passes over a schema that a urn: names.
func (p Profile) TakesURN() bool {
	switch p.major {
	case 3:
		return p.minor > 19 || p.minor == 19 && p.patch > 0
	case 4:
		return p.minor > 0 || p.patch > 1
	}
	return true
}
