package regostyle

import (
	"strings"
	"testing"
)

// Every check must find what it is for, and leave good code alone.
func TestStyleChecksFindFaults(t *testing.T) {
	t.Parallel()
	const head = "package policies.acme.probe\n\n"
	faults := map[string]struct {
		text string
		row  int
	}{
		"opa-fmt":                    {head + "a := 1\n\nb  := 2\n", 5},
		"directory-package-mismatch": {"package policies.acme.other\n\na := 1\n", 1},
		"line-length":                {head + "a := \"" + strings.Repeat("x", 120) + "\"\n", 3},
		"todo-comment":               {head + "# TODO later\na := 1\n", 3},
		"no-whitespace-comment":      {head + "#why\na := 1\n", 3},
		"prefer-snake-case":          {head + "a if {\n\tsomeName := 1\n\tsomeName > 0\n}\n", 4},
		"print-or-trace-call":        {head + "a if {\n\tprint(\"x\")\n}\n", 4},
		"non-raw-regex-pattern":      {head + "a if regex.match(\"^x\", input.x)\n", 3},
		"use-rego-v1":                {head + "import rego.v1\n\na := 1\n", 3},
		"avoid-importing-input":      {head + "import input.x\n\na := x\n", 3},
		"redundant-alias":            {head + "import data.policies.lib as lib\n\na := lib.x\n", 3},
		"use-assignment-operator":    {head + "a = 1\n", 3},
		"messy-rule":                 {head + "a if input.x\n\nb if input.y\n\na if input.z\n", 7},
		"rule-length":                {head + "a if {\n" + strings.Repeat("\tinput.x\n", 30) + "}\n", 3},
		"file-length":                {head + strings.Repeat("# x\n", 500), 500},
		"identically-named-tests":    {head + "test_a if true\n\ntest_a if true\n", 5},
		"file-missing-test-suffix":   {head + "test_a if true\n", 3},
		"todo-test":                  {head + "todo_test_a if true\n", 3},
		"with-outside-test-context":  {head + "a if input.x with input as {}\n", 3},
	}
	good := head + `import data.policies.lib

# findings has a comment.
findings contains {"path": ["a"], "message": msg} if {
	some key, value in input.values
	regex.match(` + "`^[a-z]`" + `, key)
	not lib.known(value)
	msg := sprintf("%v", [value])
}

default limit := 1

limit := 2 if input.whole

truth if limit > 1

double(number) := number * 2
`
	for name, check := range Checks {
		fault, ok := faults[name]
		if !ok {
			t.Errorf("%s: no example of the fault", name)
			continue
		}
		s, err := Parse("acme/probe/rule.rego", fault.text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := check(s); len(got) == 0 || got[0].Row != fault.row {
			t.Errorf("%s: found %v, want a problem in line %d", name, got, fault.row)
		}
		if s, err = Parse("acme/probe/rule.rego", good); err != nil {
			t.Fatal(err)
		}
		if got := check(s); len(got) > 0 {
			t.Errorf("%s: finds fault with good code: %v", name, got)
		}
	}
	s, err := Parse("acme/a-b/rule_test.rego", "package policies.acme[\"a-b_test\"]\n\ntest_a if true with input as {}\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, check := range Checks {
		if got := check(s); len(got) > 0 {
			t.Errorf("%s: finds fault with a good test: %v", name, got)
		}
	}
}

func TestMetadataProblems(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, metadata string
		want           int
	}{
		{"none", "", 1},
		{"all", "# title: A title\n# description: Why.\n# custom:\n#   severity: error\n#   remediation: Do it.\n#   facts: []\n#   source: {document: Guide}\n", 0},
		{"title only", "# title: A title\n", 5},
		{"wrong things", "# title: A title.\n# description: Why.\n# custom:\n#   severity: fatal\n#   remediation: [x]\n#   facts: [A, A]\n#   source: Guide\n#   level: 1\n", 6},
	}
	for _, tt := range tests {
		text := "package policies.acme.probe\n"
		if tt.metadata != "" {
			text = "# METADATA\n" + tt.metadata + text
		}
		s, err := Parse("acme/probe/rule.rego", text)
		if err != nil {
			t.Fatal(err)
		}
		if got := Metadata(s); len(got) != tt.want {
			t.Errorf("%s: %d problems, want %d: %v", tt.name, len(got), tt.want, got)
		}
	}
}
