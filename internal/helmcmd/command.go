// Package helmcmd reads helm command lines out of shell text: one command, a
// script, or the step of a pipeline. It knows the flags of Helm 3 and 4, keeps
// the place of every word, and never runs or expands anything: a word that the
// shell makes is unknown.
package helmcmd

import (
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
)

// Command is one call of helm.
type Command struct {
	// Tool is the program: helm, or with ParseAll any other, by its base name. It
	// is empty for assignments of variables.
	Tool  string
	Span  lint.Span // from the word helm to the last word; File is empty
	Words []Word    // the word helm is the first

	// Verb is the subcommand under its full name, such as upgrade, uninstall or
	// "registry login".
	Verb    string
	Install bool // upgrade --install
	Wait    bool
	Force   bool
	DryRun  bool

	// Open says that a word may expand to any number of words, or that words are
	// added elsewhere (xargs). What seems to be missing may then be there.
	Open bool

	Args     []int // indexes of the words that are no flags, behind the verb
	Flags    []Flag
	Release  *Value
	Revision *Value // of a rollback
	Chart    *Chart
	// Namespace comes from --namespace or from the variable HELM_NAMESPACE; then
	// its Word is -1.
	Namespace *Value
	Version   *Value // --version
	Timeout   *Value
	Files     []Value // of --values; known ones are split at commas as Helm does
	Sets      []Set

	// What follows is read by ParseAll alone.
	Assigns []Assign
	Uses    []string // variables whose values the command needs, in order
	Here    string   // the text of its here-document, as written
}

// Word is one word of a command.
type Word struct {
	Text  string // without quotes and escapes; what the shell replaces stays as it is written
	Known bool   // the shell replaces nothing in it
	Span  lint.Span
	// Blank says that somebody has to fill the word in: <release>.
	Blank bool

	masked string // Text with one mask for each part that the shell replaces
	split  bool   // may become no word, or several
	always bool   // may do so even where one word is expected: $@, ${X:+--wait}
}

// Value is a text with the word that holds it.
type Value struct {
	Text  string
	Known bool
	Word  int // -1 when no word of the command holds it

	masked string
}

// Flag is one use of a flag.
type Flag struct {
	Name     string // the long form, without dashes: namespace for -n
	HasValue bool
	Value    Value // its Word is that of the value, which may stand behind the flag
	Word     int
	// Unknown says that neither Helm 3 nor 4 has the flag; what follows it was
	// not taken for its value.
	Unknown bool
}

// Flag returns the last use of a flag, which is the one that counts for all
// flags but lists, or nil.
func (c *Command) Flag(name string) *Flag {
	for i := len(c.Flags) - 1; i >= 0; i-- {
		if c.Flags[i].Name == name {
			return &c.Flags[i]
		}
	}
	return nil
}

// secretFlags take a secret as their value.
const secretFlags = "password kube-token"

// Input returns the command as rules see it:
//
//	tool         "helm", "kubectl", "az", ...; "" for assignments
//	assigns      [{name, word, value?, text}]: variables that are set; value where
//	             the shell makes none of it, text as it is written
//	uses         [name]: variables whose values are needed
//	here         the text of a here-document
//
// assigns, uses and here are absent where there are none. A command of another
// tool than helm has args, flags, open, blanks and namespace, all as below, the
// flags with the names that kubectl, oc and az give them; verbs are args there.
// For helm:
//
//	verb         "upgrade", "uninstall", "registry login", ...
//	install      true for upgrade --install
//	wait, force, dry_run
//	open         true when a word may expand to further words, so that nothing
//	             may be said about what is missing
//	args         [{word, value?, credentials}]: all words behind the verb that are no
//	             flags; credentials says that one is a URL with a literal password
//	release      {word, name?}
//	revision     {word, value?}: of a rollback, a number where it is one
//	chart        {word, kind?, name?, version?, packed, unversioned}; kind is file, url,
//	             oci, repo or dir; unversioned says that the name of a package is
//	             known and tells no version
//	version      {word, value?}: --version
//	namespace    {word?, value?}: without word it comes from HELM_NAMESPACE
//	timeout      {word, value?, seconds?}: seconds only where Helm takes the value
//	values       [{word, name?}]: the files of --values
//	sets         [{flag, word, path?, value?}]: one for each key that the --set
//	             family assigns; flag is the name without dashes, value is typed as
//	             Helm types it, and absent for --set-file
//	set_errors   [{flag, word, message, paths}]: arguments that Helm refuses, in its
//	             words, which may quote values, and the paths that they name
//	flags        [{name, word, at?, value?, literal?, unknown?}]: all flags in order;
//	             at is the word of the value. Secrets are withheld, and literal says
//	             whether they are written out: for --password, --kube-token and
//	             --repo with a password in its URL
//	blanks       [{word, text}]: what still has to be filled in, such as <release>
//
// word is an index into Words. A value that the shell makes is absent, while the
// mapping around it tells that it is there. Flags and mappings that the command
// does not have are absent, too; lists are always there.
func (c Command) Input() map[string]any {
	if c.Tool != "helm" {
		return c.otherInput()
	}
	in := map[string]any{
		"tool": c.Tool, "verb": c.Verb, "install": c.Install, "wait": c.Wait, "force": c.Force, "dry_run": c.DryRun, "open": c.Open,
		"args": c.args(), "values": c.files(), "flags": c.flags(), "blanks": c.blanks(),
	}
	put := func(key, field string, v *Value) map[string]any {
		if v == nil {
			return nil
		}
		m := v.input(field)
		in[key] = m
		return m
	}
	put("release", "name", c.Release)
	put("version", "value", c.Version)
	put("namespace", "value", c.Namespace)
	if m := put("revision", "value", c.Revision); m != nil {
		if n, ok := revision(c.Revision); ok {
			m["value"] = n
		}
	}
	if m := put("timeout", "value", c.Timeout); m != nil {
		if d, ok := duration(c.Timeout); ok {
			m["seconds"] = d.Seconds()
		}
	}
	if c.Chart != nil {
		in["chart"] = c.Chart.input()
	}
	in["sets"], in["set_errors"] = c.sets()
	c.shell(in)
	return in
}

func (v *Value) input(field string) map[string]any {
	m := map[string]any{}
	if v.Word >= 0 {
		m["word"] = v.Word
	}
	if v.Known {
		m[field] = v.Text
	}
	return m
}

func (c *Command) args() []any {
	out := []any{}
	for _, i := range c.Args {
		v := c.value(i)
		m := v.input("value")
		m["credentials"] = hasPassword(v.masked)
		out = append(out, m)
	}
	return out
}

func (c *Command) files() []any {
	out := []any{}
	for _, f := range c.Files {
		out = append(out, f.input("name"))
	}
	return out
}

func (c *Command) flags() []any {
	out := []any{}
	for _, f := range c.Flags {
		m := map[string]any{"name": f.Name, "word": f.Word}
		if f.Unknown {
			m["unknown"] = true
		}
		if f.HasValue {
			m["at"] = f.Value.Word
			switch {
			case in(secretFlags, f.Name):
				m["literal"] = strings.Trim(f.Value.masked, maskString) != ""
			case hasPassword(f.Value.masked):
				m["literal"] = true
			case f.Value.Known && !isSet(f.Name):
				m["value"] = f.Value.Text
			}
		}
		out = append(out, m)
	}
	return out
}

func (c *Command) blanks() []any {
	out := []any{}
	for i, w := range c.Words {
		if w.Blank {
			out = append(out, map[string]any{"word": i, "text": w.Text})
		}
	}
	return out
}

func (c *Command) sets() (sets, faults []any) {
	sets, faults = []any{}, []any{}
	for _, s := range c.Sets {
		paths := []any{}
		for _, a := range s.Assignments {
			m := map[string]any{"flag": s.Flag, "word": s.Word}
			if a.Path != nil {
				m["path"] = steps(a.Path)
				paths = append(paths, steps(a.Path))
			}
			if a.Known {
				m["value"] = a.Value
			}
			sets = append(sets, m)
		}
		if s.Error != "" {
			faults = append(faults, map[string]any{"flag": s.Flag, "word": s.Word, "message": s.Error, "paths": paths})
		}
	}
	return sets, faults
}

func steps(p lint.Path) []any {
	out := make([]any, len(p))
	for i, s := range p {
		if out[i] = s.Key; s.IsIndex {
			out[i] = s.Index
		}
	}
	return out
}
