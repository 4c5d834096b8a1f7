// Package runbook prints the steps of an upgrade that a pack knows, as far as
// they belong to the upgrade at hand.
package runbook

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"

	"github.com/helmvet/helmvet/internal/lazyregexp"
)

// File is where a pack keeps its runbook, seen from its folder of policies.
const File = "data/runbook.yaml"

// Runbook is the upgrade of one product, in parts.
type Runbook struct {
	Title    string `json:"title"`
	Document string `json:"document"` // that the steps are taken from
	Parts    []Part `json:"parts"`
}

// Part is a phase of the upgrade.
type Part struct {
	Title string `json:"title"`
	Steps []Step `json:"steps"`
}

// Step is one thing to do.
type Step struct {
	ID       string     `json:"id"`
	Title    string     `json:"title"`
	Text     string     `json:"text"`
	Commands []string   `json:"commands"`
	Why      string     `json:"why"`
	Section  string     `json:"section"` // of the document
	Facts    []string   `json:"facts"`
	When     *Condition `json:"when"` // nil: always
	If       string     `json:"if"`   // the condition in words
}

// Condition holds for some upgrades only: a key of the context has one of some
// values, objects of a kind are given, or the policies of the pack say so.
type Condition struct {
	Policy  string `json:"policy"` // a name in the object `runbook` of the pack's library
	Context string `json:"context"`
	Is      []any  `json:"is"`
	Kind    string `json:"kind"`
}

// Known is what is known of an upgrade.
type Known struct {
	Words    map[string]string // release, namespace, from, to, values, revision
	Context  map[string]any    // what the configuration tells the pack
	Kinds    []string          // of the objects that are given
	Complete bool              // there are no other objects
	Policies map[string]bool   // what the policies of the pack say
}

// Load reads the runbook in a pack's folder of policies. It returns nil for a
// pack without one. The error names the file and what is wrong.
func Load(policies fs.FS) (*Runbook, error) {
	if policies == nil {
		return nil, nil
	}
	data, err := fs.ReadFile(policies, File)
	if err != nil {
		return nil, nil // most packs have none
	}
	var r Runbook
	if err := yaml.UnmarshalStrict(data, &r); err != nil {
		return nil, fmt.Errorf("%s: %w", File, err)
	}
	seen := map[string]bool{}
	for _, p := range r.Parts {
		for _, s := range p.Steps {
			switch {
			case s.ID == "" || s.Title == "" || s.Why == "":
				return nil, fmt.Errorf("%s: step %q lacks id, title or why", File, s.ID)
			case seen[s.ID]:
				return nil, fmt.Errorf("%s: step %q stands twice", File, s.ID)
			case s.When != nil && (s.If == "" || s.When.count() != 1):
				return nil, fmt.Errorf("%s: the condition of step %q wants its words in `if`, and one of context, kind and policy", File, s.ID)
			}
			seen[s.ID] = true
		}
	}
	return &r, nil
}

// count is how many things the condition asks about.
func (c *Condition) count() int {
	n := 0
	for _, s := range []string{c.Context, c.Kind, c.Policy} {
		if s != "" {
			n++
		}
	}
	return n
}

// Markdown returns the steps as a list to tick off. Steps that do not belong to
// the upgrade are left out; where that is not known, the step says when it does.
func (r *Runbook) Markdown(k Known) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n", r.Title)
	if w := k.upgrade(); w != "" {
		fmt.Fprintf(&b, "\n%s\n", w)
	}
	n := 0
	for _, p := range r.Parts {
		heading := false
		for _, s := range p.Steps {
			holds, sure := k.holds(s.When)
			if sure && !holds {
				continue
			}
			if !heading {
				fmt.Fprintf(&b, "\n## %s\n", p.Title)
				heading = true
			}
			n++
			fmt.Fprintf(&b, "\n%d. [ ] **%s**\n", n, s.Title)
			if !sure {
				paragraph(&b, "Only if "+s.If+".")
			}
			if s.Text != "" {
				paragraph(&b, k.fill(s.Text))
			}
			if len(s.Commands) > 0 {
				paragraph(&b, "```sh")
				for _, c := range s.Commands {
					fmt.Fprintf(&b, "   %s\n", k.fill(c))
				}
				b.WriteString("   ```\n")
			}
			paragraph(&b, fmt.Sprintf("%s (%s: %s)", s.Why, r.Document, s.Section))
		}
	}
	return b.Bytes()
}

func paragraph(b *bytes.Buffer, text string) { fmt.Fprintf(b, "\n   %s\n", text) }

// upgrade says what is upgraded.
func (k Known) upgrade() string {
	var parts []string
	for _, w := range []struct{ word, key string }{{"release", "release"}, {"in namespace", "namespace"}, {"from version", "from"}, {"to version", "to"}} {
		if v := k.Words[w.key]; v != "" {
			parts = append(parts, w.word+" "+v)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	s := strings.Join(parts, " ")
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

// holds reports whether a condition holds; sure is false where nobody told.
func (k Known) holds(c *Condition) (holds, sure bool) {
	switch {
	case c == nil:
		return true, true
	case c.Policy != "":
		holds, sure = k.Policies[c.Policy]
		return holds, sure
	case c.Kind != "":
		given := slices.Contains(k.Kinds, c.Kind)
		// That there are objects of the kind does not say that they need the step.
		return given, !given && k.Complete
	}
	var v any = k.Context
	for key := range strings.SplitSeq(c.Context, ".") {
		m, _ := v.(map[string]any)
		if v = m[key]; v == nil {
			return false, false
		}
	}
	return slices.ContainsFunc(c.Is, func(is any) bool { return fmt.Sprint(is) == fmt.Sprint(v) }), true
}

var word = lazyregexp.New(`\{([a-z]+)\}`)

// fill puts in what is known; what is not keeps its place between brackets, as
// something that somebody has to fill in.
func (k Known) fill(text string) string {
	return word.ReplaceAllStringFunc(text, func(s string) string {
		key := s[1 : len(s)-1]
		if v := k.Words[key]; v != "" {
			return v
		}
		return "<" + key + ">"
	})
}
