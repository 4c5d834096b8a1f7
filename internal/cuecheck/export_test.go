package cuecheck_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"
	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/xeipuuv/gojsonschema"
)

// validator is a JSON Schema as some library sees it.
type validator struct {
	name  string
	takes func(doc any, text []byte) bool
}

// validators compile a schema with two libraries. gojsonschema knows drafts up
// to 7 only.
func validators(t *testing.T, text []byte, draft2020 bool) []validator {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	out := []validator{{"santhosh-tekuri/jsonschema", func(doc any, _ []byte) bool { return s.Validate(doc) == nil }}}
	if draft2020 {
		return out
	}
	g, err := gojsonschema.NewSchema(gojsonschema.NewBytesLoader(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return append(out, validator{"xeipuuv/gojsonschema", func(_ any, text []byte) bool {
		r, err := g.Validate(gojsonschema.NewBytesLoader(text))
		if err != nil {
			t.Fatal(err)
		}
		return r.Valid()
	}})
}

// expressible is everything that JSON Schema can say, too.
var expressible = strings.NewReplacer(
	"ip?:      net.IPv4", "ip?:      string",
	"unique?:  [...int] & list.UniqueItems()", "unique?:  [...int]",
	`"net"`, "",
).Replace(everything)

// TestJSONSchemaSaysTheSame changes a document at random: CUE and two JSON
// Schema libraries must agree on it, in both drafts.
func TestJSONSchemaSaysTheSame(t *testing.T) {
	t.Parallel()
	s := compile(t, map[string]string{"values.cue": expressible})
	oracle := cuecontext.New().CompileString(expressible).LookupPath(cue.ParsePath("#Values"))
	if err := oracle.Err(); err != nil {
		t.Fatal(err)
	}
	var all []validator
	for _, draft2020 := range []bool{false, true} {
		text, lost, err := s.JSONSchema(cuecheck.Export{Draft2020: draft2020})
		if err != nil || len(lost) > 0 {
			t.Fatal(err, lost)
		}
		all = append(all, validators(t, text, draft2020)...)
	}
	n := 3000
	if testing.Short() {
		n = 300
	}
	r, clean := rand.New(rand.NewPCG(3, 5)), 0
	for i := range n {
		doc, text := mutant(t, r, sample, i)
		want := oracle.Unify(cuecontext.New().Encode(typed(doc))).Validate(cue.Concrete(true))
		if want == nil {
			clean++
		}
		for _, v := range all {
			if got := v.takes(doc, text); got != (want == nil) {
				t.Fatalf("%s\n  CUE: %v\n  %s takes it: %t", text, want, v.name, got)
			}
		}
	}
	if clean < n/20 || clean > n*19/20 {
		t.Errorf("%d of %d mutants are clean, which tests little", clean, n)
	}
}

// What JSON Schema cannot say is named, and nothing is refused for it.
func TestJSONSchemaNamesWhatIsLost(t *testing.T) {
	t.Parallel()
	s := compile(t, map[string]string{"values.cue": everything + "\n#Values: when?: [...int] @yaml()\n#Values: sub?: {a?: int, if a != _|_ {b?: <=a}}\n#Values: p?: =~\"(?i)x\"\n"})
	text, lost, err := s.JSONSchema(cuecheck.Export{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"constraints between keys", "a constraint that looks at other keys (sub)", "net.IPv4 (ip)", "the pattern (?i)x (p)", "list.UniqueItems() (unique)", "the YAML inside a block string (when)"}
	for _, w := range want {
		if !slices.Contains(lost, w) {
			t.Errorf("%q is not among what is lost: %q", w, lost)
		}
		if !bytes.Contains(text, []byte(w)) {
			t.Errorf("%q is not in the schema's comment", w)
		}
	}
	again, _, err := s.JSONSchema(cuecheck.Export{})
	if err != nil || !bytes.Equal(text, again) {
		t.Error("two calls give other bytes")
	}
}

// An overlay takes what is part of good values, placeholders and nulls.
func TestJSONSchemaOverlay(t *testing.T) {
	t.Parallel()
	s := compile(t, map[string]string{"values.cue": everything})
	text, _, err := s.JSONSchema(cuecheck.Export{Overlay: true, ID: "urn:x", Title: "X"})
	if err != nil {
		t.Fatal(err)
	}
	for doc, want := range map[string]bool{
		`{}`:                                   true,
		sample:                                 true,
		`{"port": 80}`:                         true,
		`{"port": "$PORT", "mode": "${MODE}"}`: true,
		`{"port": null, "images": null}`:       true,
		`{"images": {"app": "$X"}}`:            true,
		`{"port": "80"}`:                       false,
		`{"mode": "other"}`:                    false,
		`{"prot": 80}`:                         false,
		`{"items": [{"labels": {}}]}`:          false, // nothing can add the name
		`{"images": {"job": {"tagg": "1"}}}`:   false,
	} {
		var d any
		if err := json.Unmarshal([]byte(doc), &d); err != nil {
			t.Fatal(err)
		}
		for _, v := range validators(t, text, false) {
			if got := v.takes(d, []byte(doc)); got != want {
				t.Errorf("%s: %s takes it: %t", doc, v.name, got)
			}
		}
	}
	for _, part := range []string{`"$id": "urn:x"`, `"title": "X"`, `"default": "Always"`} {
		if !strings.Contains(string(text), part) {
			t.Errorf("the schema lacks %s", part)
		}
	}
}

func mutant(t *testing.T, r *rand.Rand, sample string, i int) (doc any, text []byte) {
	t.Helper()
	if err := json.Unmarshal([]byte(sample), &doc); err != nil {
		t.Fatal(err)
	}
	for range 1 + r.IntN(3) {
		if i > 0 {
			doc = mutate(r, doc)
		}
	}
	text, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return doc, text
}
