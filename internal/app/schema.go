package app

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/schema"
	"github.com/spf13/cobra"
)

func newSchema(s Streams) *cobra.Command {
	var form, draft string
	var cfg bool
	cmd := &cobra.Command{
		Use:   "schema PACK",
		Short: "Print a JSON Schema for editors",
		Long: `schema PACK prints the JSON Schema of a pack's values. The form overlay is for
one values file among several: nothing is required, null may delete a default,
placeholders fit everywhere. The form merged is for what the chart receives.
What JSON Schema cannot say, and lint checks all the same, is listed in the
schema's $comment.

schema --config prints the JSON Schema of .helmvet.yaml.

Editors with the YAML language server use a schema when the file begins with
  # yaml-language-server: $schema=FILE-OR-URL`,
		Example: `  helmvet schema genesys-tenant > tenant.schema.json
  helmvet schema genesys-tenant --form merged --draft 2020-12
  helmvet schema --config > helmvet-config.schema.json`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if cfg != (len(args) == 0) {
				return errors.New("name what the schema is for: a pack, or --config")
			}
			text := schema.ConfigJSON
			if !cfg {
				var err error
				if text, err = packSchema(args[0], form, draft); err != nil {
					return err
				}
			}
			_, err := s.Out.Write(text)
			return writeError(err)
		},
	}
	fl := cmd.Flags()
	fl.BoolVar(&cfg, "config", false, "the schema of .helmvet.yaml instead")
	fl.StringVar(&form, "form", string(pack.Overlay), "overlay (for one values file) or merged (for what the chart receives)")
	fl.StringVar(&draft, "draft", "7", "7 or 2020-12")
	return cmd
}

// packSchema is the JSON Schema of a pack of the configuration or a built-in one.
func packSchema(name, form, draft string) ([]byte, error) {
	if err := oneOf("--form", form, string(pack.Overlay), string(pack.Merged)); err != nil {
		return nil, err
	}
	if err := oneOf("--draft", draft, "7", "2020-12"); err != nil {
		return nil, err
	}
	c, err := loadConfig("")
	if err != nil {
		return nil, err
	}
	packs, err := loadPacks(c)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, p := range packs {
		has, err := p.HasValues()
		if err != nil {
			return nil, err
		}
		if has {
			names = append(names, p.Name)
		}
	}
	i := slices.IndexFunc(packs, func(p *pack.Pack) bool { return p.Name == name })
	if i < 0 || !slices.Contains(names, name) {
		return nil, fmt.Errorf("there is no pack %q with a schema of values%s; there are %s", name, suggest(name, names), strings.Join(names, ", "))
	}
	return packs[i].JSONSchema(pack.Form(form), draft == "2020-12")
}
