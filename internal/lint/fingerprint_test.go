package lint_test

import (
	"slices"
	"testing"

	"github.com/helmvet/helmvet/internal/lint"
)

func finding(rule, path, release, file string, line int) lint.Finding {
	p, err := lint.ParsePath(path)
	if err != nil {
		panic(err)
	}
	return lint.Finding{Rule: rule, Path: p, Release: release, Message: "m", Span: lint.Span{File: file, Line: line, Column: 1}}
}

func one(f lint.Finding) string { return lint.Fingerprints([]lint.Finding{f}, nil)[0] }

func TestFingerprintsOutliveMoves(t *testing.T) {
	a := finding("core/x", "a.b[1]", "t0100", "base.yaml", 3)
	for name, b := range map[string]lint.Finding{
		"another line":                 finding("core/x", "a.b[1]", "t0100", "base.yaml", 30),
		"another layer of the release": finding("core/x", "a.b[1]", "t0100", "prod.yaml", 3),
	} {
		if one(a) != one(b) {
			t.Errorf("%s changes the fingerprint", name)
		}
	}
	b := a
	b.Message, b.Severity = "another value", lint.Error
	if one(a) != one(b) {
		t.Error("the message changes the fingerprint")
	}
}

func TestFingerprintsTellApart(t *testing.T) {
	atLocation, ofChart := finding("core/x", "a", "t0100", "f", 1), finding("core/x", "a", "t0100", "f", 1)
	atLocation.Location, ofChart.Chart = "westus2", "tenant"
	fs := []lint.Finding{
		finding("core/x", "a", "", "f", 1), finding("core/y", "a", "", "f", 1), finding("core/x", "b", "", "f", 1), finding("core/x", "a", "", "g", 1),
		finding("core/x", "a", "t0100", "f", 1), finding("core/x", "a", "t0200", "f", 1), atLocation, ofChart,
		finding("core/x", "a", "", "f", 7), finding("core/x", "a", "", "f", 9), // the same three times
	}
	got := lint.Fingerprints(fs, nil)
	if n := len(slices.Compact(slices.Sorted(slices.Values(got)))); n != len(fs) {
		t.Errorf("%d of %d fingerprints differ: %q", n, len(fs), got)
	}
	// The first keeps its name when others of its kind come or go.
	if got[0] != one(fs[0]) {
		t.Error("more of the same change the first fingerprint")
	}
}

func TestFingerprintsNameFilesFromTheRoot(t *testing.T) {
	below := lint.Fingerprints([]lint.Finding{finding("core/x", "a", "", "f.yaml", 1)}, func(f string) string { return "deploy/" + f })
	if below[0] != one(finding("core/x", "a", "", "deploy/f.yaml", 1)) {
		t.Error("the working directory changes the fingerprint")
	}
}
