package app

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/agext/levenshtein"
	"github.com/helmvet/helmvet/internal/docgen"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/spf13/cobra"
)

func newExplain(s Streams) *cobra.Command {
	var cfg string
	cmd := &cobra.Command{
		Use:   "explain RULE|FACT",
		Short: "Say what a rule means, why, its source, and how to fix it",
		Example: `  helmvet explain genesys-tenant/uuid-v4
  helmvet explain TEN-046`,
		Args: one("RULE or FACT"),
		RunE: func(_ *cobra.Command, args []string) error {
			c, _, err := loadCatalog(cfg)
			if err != nil {
				return err
			}
			if r, ok := c.Rule(args[0]); ok {
				_, err := fmt.Fprint(s.Out, docgen.Explain(r))
				return writeError(err)
			}
			if f, ok := c.Fact(args[0]); ok {
				_, err := fmt.Fprint(s.Out, docgen.ExplainFact(f))
				return writeError(err)
			}
			return fmt.Errorf("there is no rule or fact %q%s; `helmvet rules` lists them", args[0], suggest(args[0], ids(c.Rules)))
		},
	}
	configFlag(cmd, &cfg)
	cmd.ValidArgsFunction = func(_ *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
		c, _, err := loadCatalog(cfg)
		if err != nil || len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var hits []string
		for _, r := range c.Rules {
			if strings.HasPrefix(r.ID, prefix) {
				hits = append(hits, r.ID+"\t"+r.Title)
			}
		}
		return hits, cobra.ShellCompDirectiveNoFileComp
	}
	return cmd
}

// suggest names the nearest of the words, if one is near. Of a rule's id its
// name alone may be meant.
func suggest(word string, words []string) string {
	best, at := "", 4
	for _, w := range words {
		for _, name := range []string{w, w[strings.LastIndexByte(w, '/')+1:]} {
			if d := levenshtein.Distance(word, name, nil); d < at {
				best, at = w, d
			}
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(", did you mean %q?", best)
}

// writeJSON writes a document as all commands do.
func writeJSON(w io.Writer, doc any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}

type rulesJSON struct {
	SchemaVersion int         `json:"schemaVersion"`
	Rules         []lint.Rule `json:"rules"`
	Facts         []factJSON  `json:"facts"`
}

type factJSON struct {
	ID        string       `json:"id"`
	Title     string       `json:"title,omitempty"`
	Scope     string       `json:"scope,omitempty"`
	Source    *lint.Source `json:"source,omitempty"`
	Rules     []string     `json:"rules,omitempty"`
	Unchecked string       `json:"unchecked,omitempty"`
}

func newRules(s Streams) *cobra.Command {
	var cfg, output string
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List all rules and the documented facts they serve",
		Example: `  helmvet rules
  helmvet rules --output json`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := oneOf("--output", output, "text", "json"); err != nil {
				return err
			}
			c, _, err := loadCatalog(cfg)
			if err != nil {
				return err
			}
			if output == "json" {
				return writeError(writeRules(s, c))
			}
			w := tabwriter.NewWriter(s.Out, 0, 4, 2, ' ', 0)
			for _, r := range c.Rules {
				fmt.Fprintf(w, "%s\t%s\t%s\n", r.ID, r.Severity, r.Title)
			}
			return writeError(w.Flush())
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "text", "text or json")
	configFlag(cmd, &cfg)
	return cmd
}

func writeRules(s Streams, c *pack.Catalog) error {
	doc := rulesJSON{SchemaVersion: 1, Rules: c.Rules, Facts: []factJSON{}}
	for i := range doc.Rules {
		if doc.Rules[i].Facts == nil {
			doc.Rules[i].Facts = []string{}
		}
		if doc.Rules[i].Examples == nil {
			doc.Rules[i].Examples = []lint.Example{}
		}
		for j := range doc.Rules[i].Examples {
			doc.Rules[i].Examples[j].Text = docgen.StripWants(doc.Rules[i].Examples[j].Text)
		}
	}
	for _, f := range c.Facts {
		src := f.Source
		j := factJSON{ID: f.ID, Title: f.Title, Scope: f.Scope, Source: &src, Rules: f.Rules}
		if len(f.Rules) == 0 {
			j.Unchecked = f.Unchecked
		}
		doc.Facts = append(doc.Facts, j)
	}
	return writeJSON(s.Out, doc)
}

// ids lists the ids of rules.
func ids(rules []lint.Rule) []string {
	out := make([]string, len(rules))
	for i, r := range rules {
		out[i] = r.ID
	}
	return out
}

func newPacks(s Streams) *cobra.Command {
	var cfg, output string
	cmd := &cobra.Command{
		Use:   "packs",
		Short: "List the packs and what they judge",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := oneOf("--output", output, "text", "json"); err != nil {
				return err
			}
			c, packs, err := loadCatalog(cfg)
			if err != nil {
				return err
			}
			type packJSON struct {
				Name        string   `json:"name"`
				Title       string   `json:"title"`
				Description string   `json:"description,omitempty"`
				Charts      []string `json:"charts"`
				Builtin     bool     `json:"builtin"`
				Rules       int      `json:"rules"`
			}
			var list []packJSON
			for _, p := range pack.CodedPacks() {
				list = append(list, packJSON{Name: p.Name, Title: p.Title, Charts: []string{}, Builtin: true})
			}
			for _, p := range packs {
				list = append(list, packJSON{p.Name, p.Title, p.Description, append([]string{}, p.Charts...), p.Builtin, 0})
			}
			for _, r := range c.Rules {
				name, _, _ := strings.Cut(r.ID, "/")
				if i := slices.IndexFunc(list, func(p packJSON) bool { return p.Name == name }); i >= 0 {
					list[i].Rules++
				}
			}
			if output == "json" {
				return writeError(writeJSON(s.Out, map[string]any{"schemaVersion": 1, "packs": list}))
			}
			w := tabwriter.NewWriter(s.Out, 0, 4, 2, ' ', 0)
			for _, p := range list {
				fmt.Fprintf(w, "%s\t%d rules\t%s\n", p.Name, p.Rules, p.Title)
			}
			return writeError(w.Flush())
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "text", "text or json")
	configFlag(cmd, &cfg)
	return cmd
}

func oneOf(flag, value string, allowed ...string) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	return fmt.Errorf("%s %q is not one of %s", flag, value, strings.Join(allowed, ", "))
}

func configFlag(cmd *cobra.Command, cfg *string) {
	cmd.Flags().StringVar(cfg, "config", "", "project file (default: .helmvet.yaml here or above)")
}
