package app

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/packnew"
	"github.com/helmvet/helmvet/schema"
	"github.com/spf13/cobra"
	"golang.org/x/tools/txtar"
)

func newSchema(s Streams) *cobra.Command {
	var form, draft, chartAt string
	var cfg bool
	cmd := &cobra.Command{
		Use:   "schema PACK | --chart CHART",
		Short: "Print a JSON Schema for editors",
		Long: `schema PACK prints the JSON Schema of a pack's values. The form overlay is for
one values file among several: nothing is required, null may delete a default,
placeholders fit everywhere. The form merged is for what the chart receives.
What JSON Schema cannot say, and lint checks all the same, is listed in the
schema's $comment.

schema --chart CHART reads a schema off a chart, a folder or a .tgz: its
values.yaml with the comments, and what its values.schema.json says beyond that.
Keys that it does not name are taken, since templates may read others; lint
--chart follows the templates and knows.

schema --config prints the JSON Schema of .helmvet.yaml.

Editors with the YAML language server use a schema when the file begins with
  # yaml-language-server: $schema=FILE-OR-URL`,
		Example: `  helmvet schema genesys-tenant > tenant.schema.json
  helmvet schema genesys-tenant --form merged --draft 2020-12
  helmvet schema --chart mychart > mychart.schema.json
  helmvet schema --config > helmvet-config.schema.json`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			named := len(args)
			if cfg {
				named++
			}
			if chartAt != "" {
				named++
			}
			if named != 1 {
				return errors.New("name one thing that the schema is for: a pack, --chart CHART, or --config")
			}
			text := schema.ConfigJSON
			var err error
			switch {
			case chartAt != "":
				text, err = chartSchema(chartAt, form, draft)
			case !cfg:
				text, err = packSchema(args[0], form, draft)
			}
			if err != nil {
				return err
			}
			_, err = s.Out.Write(text)
			return writeError(err)
		},
	}
	fl := cmd.Flags()
	fl.BoolVar(&cfg, "config", false, "the schema of .helmvet.yaml instead")
	fl.StringVar(&chartAt, "chart", "", "read the schema off this chart: a folder or a .tgz")
	fl.StringVar(&form, "form", string(pack.Overlay), "overlay (for one values file) or merged (for what the chart receives)")
	fl.StringVar(&draft, "draft", "7", "7 or 2020-12")
	return cmd
}

// chartSchema is the JSON Schema that can be read off a chart.
func chartSchema(name, form, draft string) ([]byte, error) {
	if err := schemaFlags(form, draft); err != nil {
		return nil, err
	}
	c, err := chart.Load(name)
	if err != nil {
		return nil, err
	}
	files, err := packnew.Files(c.Metadata.Name, c)
	if err != nil {
		return nil, err
	}
	var a txtar.Archive
	for _, path := range packnew.Paths(files) {
		a.Files = append(a.Files, txtar.File{Name: path, Data: []byte(files[path])})
	}
	fsys, err := txtar.FS(&a)
	if err != nil {
		return nil, err
	}
	s, err := cuecheck.Compile(c.Metadata.Name, fsys)
	if err != nil {
		return nil, err
	}
	text, _, err := s.JSONSchema(cuecheck.Export{
		Overlay: form == string(pack.Overlay), Draft2020: draft == "2020-12", Open: true,
		Title: strings.TrimSpace("Values of the chart " + c.Metadata.Name + " " + c.Metadata.Version),
	})
	return text, err
}

func schemaFlags(form, draft string) error {
	if err := oneOf("--form", form, string(pack.Overlay), string(pack.Merged)); err != nil {
		return err
	}
	return oneOf("--draft", draft, "7", "2020-12")
}

// packSchema is the JSON Schema of a pack of the configuration or a built-in one.
func packSchema(name, form, draft string) ([]byte, error) {
	if err := schemaFlags(form, draft); err != nil {
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
