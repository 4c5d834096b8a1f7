package cuecheck

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/cuecontext"
	"github.com/helmvet/helmvet/internal/lint"
)

// PackInfo is the struct `pack` of pack.cue: whose values a pack judges, and
// what it knows beside its schema. Its field `context` is a schema and not
// part of it; see Schema.Context.
type PackInfo struct {
	Name        string          `json:"name"`
	Title       string          `json:"title"`
	Description string          `json:"description"`
	Charts      []string        `json:"charts"`
	Markers     []string        `json:"markers"`
	Keys        []string        `json:"keys"`
	Not         []string        `json:"not"`
	Never       []string        `json:"never"`
	Kinds       []string        `json:"kinds"`
	Cluster     []string        `json:"cluster"` // kinds of those that have no namespace
	Fleet       []string        `json:"fleet"`
	Beside      bool            `json:"beside"`
	Whole       Whole           `json:"whole"`
	Misplaced   []Misplaced     `json:"misplaced"`
	Cites       map[string]Cite `json:"cites"`
	Knows       Knows           `json:"knows"`
	Version     string          `json:"version"`
	Requires    Requires        `json:"requires"`
}

// Requires says what a pack was written for, as ranges of versions such as
// ">=0.1" or "^2": of helmvet, of other packs that have to be there, and of the
// charts by name.
type Requires struct {
	Helmvet string            `json:"helmvet"`
	Packs   map[string]string `json:"packs"`
	Charts  map[string]string `json:"charts"`
}

// Knows tells up to which release a pack knows the objects of #Manifests. In a
// later one, a key that it does not know may be new.
type Knows struct {
	Context string `json:"context"` // the key of context that tells the release
	UpTo    string `json:"upTo"`
}

// Whole tells when values look like all values of a release.
type Whole struct {
	AtLeast int      `json:"atLeast"`
	Of      []string `json:"of"`
}

// Misplaced is a key that is often written in the wrong place.
type Misplaced struct {
	Wrong    []string `json:"wrong"`
	Right    []string `json:"right"`
	Hint     string   `json:"hint"`
	Severity string   `json:"severity"` // error when empty
	Facts    []string `json:"facts"`
}

// Cite says which facts a finding of another pack's rule stands for.
type Cite struct {
	Facts    []string `json:"facts"`
	Severity string   `json:"severity"`
	Final    string   `json:"final"` // where no placeholder may be left
	By       string   `json:"by"`    // the pack's own rules that say it better, parted by blanks
}

// Pack returns the struct `pack` of the files. A pack without one has only the
// name that it was compiled under. It fails on a field that no pack has.
func (s *Schema) Pack() (PackInfo, error) {
	info := PackInfo{Name: s.name}
	where := ""
	eachPackField(s.pkg.files, func(_ string, f *ast.Field) { where = f.Pos().Filename() })
	if len(s.packData) == 0 {
		return info, nil
	}
	if err := decode(s.packData, &info); err != nil {
		return info, fmt.Errorf("pack %s: %s: pack: %w", s.name, where, err)
	}
	if info.Name == "" {
		info.Name = s.name
	}
	return info, nil
}

// packFields reads the fields of `pack` except context.
func packFields(files []*ast.File) (map[string]any, error) {
	data, plain := map[string]any{}, true
	eachPackField(files, func(key string, f *ast.Field) {
		if key == "context" {
			return
		}
		v, ok := constant(f.Value)
		plain = plain && ok
		data[key] = v
	})
	if plain {
		return data, nil
	}
	v := cuecontext.New().BuildInstance(instance(files)).LookupPath(cue.ParsePath("pack"))
	if err := v.Err(); err != nil {
		return nil, cueError(err)
	}
	for key := range data {
		var x any
		if err := v.LookupPath(cue.MakePath(cue.Str(key))).Decode(&x); err != nil {
			return nil, cueError(err)
		}
		data[key] = x
	}
	return data, nil
}

// decode turns plain data into a struct and refuses what the struct has not.
func decode(data, into any) error {
	text, err := json.Marshal(data)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%s", strings.TrimPrefix(err.Error(), "json: "))
	}
	return nil
}

// ruleWords is an entry of rules.cue.
type ruleWords struct {
	Title       string       `json:"title"`
	Description string       `json:"description"`
	Remediation string       `json:"remediation"`
	Severity    string       `json:"severity"`
	Facts       []string     `json:"facts"`
	Source      *lint.Source `json:"source"`
}

// The names of the rules that every pack with a schema has.
const (
	UnknownKey   = "unknown-key"
	MisplacedKey = "misplaced-key"
	WrongType    = "wrong-type"
	InvalidValue = "invalid-value"
	MissingKey   = "missing-key"
	NullValue    = "null-value"
)

// Generic reports whether a rule is one of those that every pack with a schema
// has.
func Generic(id string) bool {
	_, short, _ := strings.Cut(id, "/")
	_, ok := generic[short]
	return ok
}

// generic are the words of those rules where a pack has no better ones.
var generic = map[string]ruleWords{
	UnknownKey: {
		Title:       "Use only keys that the chart knows",
		Description: "Helm accepts any key without a word. A misspelt one means that the chart's default stays in force.",
		Remediation: "Mend the name, or remove the key. Where the chart reads a key that its documents do not show, ignore the finding.",
		Severity:    "info",
	},
	MisplacedKey: {
		Title:       "Put each key where the chart reads it",
		Description: "The key exists, but at another level. Helm accepts it where it stands and the chart never looks there.",
		Remediation: "Move the key to the path that the message names.",
		Severity:    "error",
	},
	WrongType: {
		Title:       "Give each value the type that the chart expects",
		Description: "A value of another type makes a template fail, or compares unequal without a word.",
		Remediation: "Write the value in the form that the message names; mind the quotes.",
		Severity:    "error",
	},
	InvalidValue: {
		Title:       "Use only values that the chart accepts",
		Description: "The value has the right type, but is not one that the chart or the product accepts.",
		Remediation: "Use a value as the message describes it.",
		Severity:    "error",
	},
	MissingKey: {
		Title:       "Set what the chart requires",
		Description: "The chart has no usable default for the key, so that it has to be set. Judged only for the values of a whole release.",
		Remediation: "Add the key.",
		Severity:    "error",
	},
	NullValue: {
		Title:       "Do not delete what the chart needs",
		Description: "In values that override others, null deletes the chart's default, for a mapping the whole of it. Most often the indentation of the lines below was lost.",
		Remediation: "Indent what belongs below the key, or remove the key to keep the default.",
		Severity:    "warning",
	},
}

// Rules returns the rules that the schema of a pack reports, sorted by id: the
// words of rules.cue, the words of the rules that every schema has, and for
// each rule the facts of the fields it stands for. It fails when a field names
// a rule that has no words.
func Rules(name string, fsys fs.FS) ([]lint.Rule, error) {
	s, err := Compile(name, fsys)
	if err != nil {
		return nil, err
	}
	if s.root == nil && len(s.objects) == 0 {
		return nil, nil
	}
	words, err := readWords(name, fsys)
	if err != nil {
		return nil, err
	}
	silent := map[string]bool{MissingKey: true, NullValue: true} // rules that can never speak
	s.everyField(func(_ lint.Path, f *field) {
		if f.need == required {
			silent[MissingKey] = false
		}
		if f.attrs().null != nil {
			silent[NullValue] = false
		}
	})
	for g, w := range generic {
		if silent[g] {
			continue
		}
		if id := name + "/" + g; words[id].Title == "" {
			own := words[id]
			w.Facts = own.Facts
			words[id] = w
		}
	}
	facts := map[string][]string{}
	var lost []string
	s.everyField(func(_ lint.Path, f *field) {
		for _, id := range f.rules(name) {
			facts[id] = union(facts[id], f.attrs().facts)
			for _, d := range f.shape().common {
				if d.attrs.rule == id {
					facts[id] = union(facts[id], d.attrs.ruleFacts)
				}
			}
			if _, ok := words[id]; !ok && strings.HasPrefix(id, name+"/") {
				words[id] = ruleWords{}
				lost = append(lost, fmt.Sprintf("%s: rule %q has no words; add it to %s", position(f.pos), id, rulesFile))
			}
		}
	})
	for _, f := range s.unknownFacts() {
		facts[name+"/"+UnknownKey] = union(facts[name+"/"+UnknownKey], []string{f})
	}
	for _, m := range s.misplaced {
		facts[name+"/"+MisplacedKey] = union(facts[name+"/"+MisplacedKey], m.facts)
	}
	if len(lost) > 0 {
		return nil, fmt.Errorf("pack %s: %s", name, strings.Join(lost, "\n"))
	}
	var out []lint.Rule
	for _, id := range slices.Sorted(maps.Keys(words)) {
		w := words[id]
		fs := union(w.Facts, facts[id])
		slices.Sort(fs)
		out = append(out, lint.Rule{
			ID: id, Title: w.Title, Description: w.Description, Remediation: w.Remediation,
			Severity: w.Severity, Facts: fs, Source: w.Source, Engine: "cue",
		})
	}
	return out, nil
}

// rules lists the ids under which a finding about the field may come.
func (f *field) rules(pack string) []string {
	a := f.attrs()
	var out []string
	if a.rule != "" {
		out = append(out, a.rule)
	} else {
		out = append(out, pack+"/"+WrongType)
		for _, alt := range f.shape().alts {
			if len(alt.tests) > 0 {
				out = append(out, pack+"/"+InvalidValue)
				break
			}
		}
		if f.need == required {
			out = append(out, pack+"/"+MissingKey)
		}
	}
	if a.number != nil && a.number.rule != "" {
		out = append(out, a.number.rule)
	}
	if a.null != nil {
		out = append(out, pack+"/"+NullValue)
	}
	return out
}

func readWords(name string, fsys fs.FS) (map[string]ruleWords, error) {
	words := map[string]ruleWords{}
	if _, err := fs.Stat(fsys, rulesFile); err != nil {
		return words, nil // the generic rules have words
	}
	f, err := parseFile(name, fsys, rulesFile)
	if err != nil {
		return nil, err
	}
	data, err := rulesOf(f)
	if err != nil {
		return nil, fmt.Errorf("pack %s: %w", name, err)
	}
	for key, v := range data {
		var w ruleWords
		if err := decode(v, &w); err != nil {
			return nil, fmt.Errorf("pack %s: %s: rule %q: %w", name, rulesFile, key, err)
		}
		if _, err := lint.ParseSeverity(w.Severity); err != nil || w.Title == "" || w.Description == "" {
			return nil, fmt.Errorf("pack %s: %s: rule %q needs a title, a description and a severity (error, warning, info)", name, rulesFile, key)
		}
		words[qualify(name, key)] = w
	}
	return words, nil
}

func rulesOf(f *ast.File) (map[string]any, error) {
	out, plain := map[string]any{}, true
	for _, d := range f.Decls {
		fd, ok := d.(*ast.Field)
		if !ok {
			continue
		}
		if n, _, err := ast.LabelName(fd.Label); err != nil || n != "rules" {
			continue
		}
		v, ok := constant(fd.Value)
		m, isMap := v.(map[string]any)
		plain = plain && ok && isMap && mergeInto(out, m)
	}
	if plain {
		return out, nil
	}
	out = map[string]any{}
	v := cuecontext.New().BuildInstance(instance([]*ast.File{f})).LookupPath(cue.ParsePath("rules"))
	if err := v.Decode(&out); err != nil {
		return nil, cueError(err)
	}
	return out, nil
}
