package app

import (
	"errors"

	"github.com/helmvet/helmvet/schema"
	"github.com/spf13/cobra"
)

func newSchema(s Streams) *cobra.Command {
	var cfg bool
	cmd := &cobra.Command{
		Use:   "schema --config",
		Short: "Print a JSON Schema for editors",
		Long: `schema --config prints the JSON Schema (draft-07) of .helmvet.yaml. Editors with
the YAML language server use it when the file begins with
  # yaml-language-server: $schema=FILE-OR-URL`,
		Example: `  helmvet schema --config > helmvet-config.schema.json`,
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if !cfg {
				return errors.New("name what the schema is for: --config")
			}
			_, err := s.Out.Write(schema.ConfigJSON)
			return writeError(err)
		},
	}
	cmd.Flags().BoolVar(&cfg, "config", false, "the schema of .helmvet.yaml")
	return cmd
}
